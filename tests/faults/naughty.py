"""Text and JSON as nobody should send it. Ours: each entry is here for a
reason, and most are made rather than written."""

import json

OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u2060\ufeff"

STRINGS = [
    # nothing, or nearly
    "", " ", "\t", "\n", "\r\n", "\u00a0", "\u3000", INVISIBLE, OVERRIDES,
    # what programs take for something else
    "null", "NULL", "UNDEF", "nil", "None", "undefined", "true", "NaN",
    "-Infinity", "0", "-0", "1e999", "0x10", "1,5", "1.5.2", "9" * 400,
    "%s%n%x%d", "%99999999d", "{}", "{0}", "{time}", "${HOME}", "$(reboot)",
    "`reboot`", "; reboot", "| cat", "&& true", "../../../../etc/passwd",
    "/dev/stdin", "file:///etc/passwd", "CON", "' OR 1=1 --", "\"", "'", "\\",
    "\\u0000", "\\x00", "\\", "a\\", "<script>alert(1)</script>", "&lt;", "]]>",
    "<!--", "[section]", "key = value", "# not a comment", "; nor this",
    # for terminals and logs
    "\x1b[2J\x1b[31mred", "\x1b]0;title\x07", "\x07\x08\x7f", "a\rb", "a\nb",
    "\n<3>mirror: error: forged", "\u0085", "\u2028\u2029", "\x00", "a\x00b",
    # scripts, directions and what is set on top of letters
    "Küche", "Ὀδυσσεύς", "Спальня", "居間", "거실", "غرفة المعيشة",
    "חדר שינה", "ห้องนั่งเล่น", "बैठक", "\u202eneddih\u202c", "a\u202eb",
    "\u2067مرحبا", "مرحبا abc 123 مرحبا", "Z\u0351\u036e\u033e" * 30,
    "e" + "\u0301" * 200, "\u0301", "\u0301" * 50, "ﷺ" * 5, "﷽" * 20,
    "ı İ ß ŉ ǰ ΐ", "ffi ﬃ", "Å Å Å", "\u1100\u1161\u11a8", "က္ကျြွှ",
    # pictures
    "💡", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪🇫🇷🇩", "👍🏿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "❤️", "1️⃣", "\ufe0f" * 20,
    # code points that are none, or nobody's
    "\ufffd", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\ue000",
    "\U000f0000", "\ud7ff", "\ue001\uf8ff", "\U000e0001\U000e0041",
    # long
    "a" * 255, "a" * 256, "a" * 257, "ä" * 127 + "a", "ä" * 128, "💡" * 64,
    "a" * 10_000, "word " * 3000, "‐" * 5000, "\u200b" * 5000, "W" * 300,
    "i" * 300, "💡" * 3000, "\n" * 300,
]

# Bytes that are no UTF-8 (RFC 3629), each to stand within a string.
NO_UTF8 = [
    b"\x80", b"\xbf", b"\xc0\x80", b"\xc1\xbf", b"\xc3", b"\xc3(", b"\xe0\x80\x80",
    b"\xe2\x82", b"\xe2(\xa1", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xef\xbf",
    b"\xf0\x80\x80\x80", b"\xf0\x9f\x92", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80",
    b"\xf8\x88\x80\x80\x80", b"\xfc\x84\x80\x80\x80\x80", b"\xfe", b"\xff",
    b"a\x00b",
]


def _quoted(data):
    return b'"' + data + b'"'


def _numbers():
    good = ["0", "-0", "1", "-1", "1.5", "1e5", "1E+5", "1e-5", "1e999",
            "-1e999", "1e-999", "9" * 400, "0." + "3" * 400, "4294967296",
            "9223372036854775808", "0e1", "123456789012345678901234567890"]
    bad = ["+1", "01", "-01", ".5", "5.", "1.e5", "1e", "1e+", "--1", "-",
           "0x10", "1_000", "NaN", "Infinity", "-Infinity", "1,5", "١٢",
           "1 2", "0b1", "1f", "1e1.5"]
    return ([number.encode() for number in good],
            [number.encode() for number in bad])


def _texts():
    good = [json.dumps(text).encode() for text in STRINGS]
    good += [json.dumps(text, ensure_ascii=False).encode("utf-8", "replace")
             for text in STRINGS]
    good += [rb'"\u0000"', rb'"\ud83d\udca1"', rb'"\/\b\f\n\r\t"',
             rb'"\uD83D\uDCA1"']
    bad = [_quoted(data) for data in NO_UTF8]
    bad += [b'"', b'"a', b"'a'", b'"\n"', b'"\x1f"', rb'"\x41"', rb'"\u12"',
            rb'"\u00g0"', rb'"\"', rb'"\ud83d"', rb'"\udca1"',
            rb'"\udca1\ud83d"', rb'"\ud83d\u0041"', b"a", b'a"', b'"\\']
    return good, bad


def _trees():
    good = [b"[]", b"{}", b"[[]]", b"[{}]", b'{"":0}', b'{"a":1,"a":2}',
            b'{"a":1,"A":2}', b"null", b"true", b"false", b" [ ] ",
            b"[" * 32 + b"]" * 32, b"[" + b"0," * 5000 + b"0]",
            b'{"__proto__":{"x":1}}', b'{"\\u0000":1}', b'[null,true,0,"",{}]']
    bad = [b"", b" ", b"[", b"]", b"{", b"}", b"[1", b"[1,", b"[1,]", b"[,1]",
           b"[,]", b"[1 2]", b"[1]]", b'{"a"}', b'{"a":}', b'{"a":1,}', b"{,}",
           b'{"a" 1}', b"{1:2}", b"{a:1}", b"{'a':1}", b'{"a":1 "b":2}',
           b"[}", b"{]", b"nul", b"nulll", b"True", b"NULL", b"[1]x",
           b"[1]\x00", b"/*a*/[]", b"[]//a", b"#[]", b"[1;2]", b"\xef\xbb\xbf",
           b"\xef\xbb\xbf[]", "[]".encode("utf-16"), "[]".encode("utf-32-be"),
           b"[" * 1000, b'{"a":' * 1000, b"[" * 100_000, b'{"a":' * 100_000,
           b'[{"":' * 50_000, b"[" * 1000 + b"]" * 1000, b"[" * 33 + b"]" * 33,
           b"<html></html>", b"(function(){})", b"\x1f\x8b\x08\x00", bytes(64),
           b"\xff" * 64, b"data: {}\n\n"]
    return good, bad


def documents():
    """(well formed, not well formed) JSON texts. Some of the first are more
    than we take, as a lone value, a depth or a number without end is."""
    good, bad = [], []
    for make in (_numbers, _texts, _trees):
        some_good, some_bad = make()
        good += some_good
        bad += some_bad
    return good, bad
