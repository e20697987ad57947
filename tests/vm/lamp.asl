/*
 * The backlight of a laptop's panel, for the kernel's fujitsu-laptop driver,
 * which switches and dims it by these two devices. Whoever is outside the
 * machine sees what becomes of it on an IO port, a byte each time: the level
 * from '0' to '7', '-' for off and '+' for on.
 */
DefinitionBlock ("", "SSDT", 2, "MIRROR", "LAMP", 1)
{
    Scope (\_SB)
    {
        OperationRegion (SEEN, SystemIO, 0xE9, 1)
        Field (SEEN, ByteAcc, NoLock, WriteAsZeros) { SIGN, 8 }
        Name (LVL, 7)
        Name (PWR, 0)

        Device (LAMP)
        {
            Name (_HID, "FUJ02B1")
            Method (RBLL, 0) { Return (8) }
            Method (GBLL, 0) { Return (LVL) }
            Method (SBLL, 1, Serialized)
            {
                LVL = Arg0
                SIGN = Arg0 + 0x30
            }
        }

        Device (FEXT)
        {
            Name (_HID, "FUJ02E3")
            Method (FUNC, 4, Serialized)
            {
                If (Arg0 != 0x1004 || Arg2 != 4) { Return (0) }
                If (Arg1 == 2) { Return (PWR) }
                PWR = Arg3
                If (PWR == 3) { SIGN = 0x2D } Else { SIGN = 0x2B }
                Return (0)
            }
        }
    }
}
