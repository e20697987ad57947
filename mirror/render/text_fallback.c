#include "render/text_fonts.h"

/* Paths as Debian's packages have them. Only scripts people write to-do lists
 * and room names in; the last rows are tried for every character. */
#define CORE "fonts-noto-core"
#define NOTO(script, name)                                                     \
    {                                                                          \
        script, "noto/NotoSans" name "-Regular.ttf",                           \
            "noto/NotoSans" name "-Bold.ttf", CORE                             \
    }
#define DROID(script)                                                          \
    { script, "droid/DroidSansFallbackFull.ttf", NULL, "fonts-droid-fallback" }

const struct fallback fallbacks[] = {
    NOTO(HB_SCRIPT_ARABIC, "Arabic"),
    NOTO(HB_SCRIPT_HEBREW, "Hebrew"),
    NOTO(HB_SCRIPT_DEVANAGARI, "Devanagari"),
    NOTO(HB_SCRIPT_BENGALI, "Bengali"),
    NOTO(HB_SCRIPT_GURMUKHI, "Gurmukhi"),
    NOTO(HB_SCRIPT_GUJARATI, "Gujarati"),
    NOTO(HB_SCRIPT_ORIYA, "Oriya"),
    NOTO(HB_SCRIPT_TAMIL, "Tamil"),
    NOTO(HB_SCRIPT_TELUGU, "Telugu"),
    NOTO(HB_SCRIPT_KANNADA, "Kannada"),
    NOTO(HB_SCRIPT_MALAYALAM, "Malayalam"),
    NOTO(HB_SCRIPT_SINHALA, "Sinhala"),
    NOTO(HB_SCRIPT_THAI, "Thai"),
    NOTO(HB_SCRIPT_LAO, "Lao"),
    NOTO(HB_SCRIPT_KHMER, "Khmer"),
    NOTO(HB_SCRIPT_MYANMAR, "Myanmar"),
    NOTO(HB_SCRIPT_GEORGIAN, "Georgian"),
    NOTO(HB_SCRIPT_ARMENIAN, "Armenian"),
    NOTO(HB_SCRIPT_ETHIOPIC, "Ethiopic"),
    NOTO(HB_SCRIPT_THAANA, "Thaana"),
    NOTO(HB_SCRIPT_CHEROKEE, "Cherokee"),
    DROID(HB_SCRIPT_HAN),
    DROID(HB_SCRIPT_HIRAGANA),
    DROID(HB_SCRIPT_KATAKANA),
    DROID(HB_SCRIPT_BOPOMOFO),
    {HB_SCRIPT_HANGUL, "nanum/NanumGothic.ttf", "nanum/NanumGothicBold.ttf",
     "fonts-nanum"},
    {HB_SCRIPT_TIBETAN, "noto/NotoSerifTibetan-Regular.ttf",
     "noto/NotoSerifTibetan-Bold.ttf", CORE},
    NOTO(HB_SCRIPT_COMMON, ""),
    {HB_SCRIPT_COMMON, "noto/NotoSansSymbols-Regular.ttf",
     "noto/NotoSansSymbols-Bold.ttf", CORE},
    {HB_SCRIPT_COMMON, "noto/NotoSansSymbols2-Regular.ttf", NULL, CORE},
    {HB_SCRIPT_COMMON, "noto/NotoSansMath-Regular.ttf", NULL, CORE},
    DROID(HB_SCRIPT_COMMON),
    {HB_SCRIPT_COMMON, "noto/NotoColorEmoji.ttf", NULL,
     "fonts-noto-color-emoji"},
};

const size_t fallback_count = sizeof(fallbacks) / sizeof(fallbacks[0]);
const size_t fallback_emoji = sizeof(fallbacks) / sizeof(fallbacks[0]) - 1;

size_t
fallback_latin(void) {
    size_t row = 0;

    while (fallbacks[row].script != HB_SCRIPT_COMMON) {
        row++;
    }
    return row;
}
