namespace SmsCampaign.Audience;

/// <summary>
/// Files that people take for a table and that are none, told by their first bytes whatever they are called.
/// </summary>
static class TableKinds
{
    public static readonly Wording NotAWorkbook = new(
        "Đây là tệp nén (zip), không phải sổ Excel .xlsx. Hãy giải nén và dùng tệp CSV hoặc .xlsx bên trong.",
        "This is a zip file, not an Excel workbook (.xlsx). Unpack it and use the CSV or .xlsx inside.");

    /// <summary>Compound File Binary Format, [MS-CFB] 2.2: what Excel 97 to 2003 writes, and newer ones with a password.</summary>
    static ReadOnlySpan<byte> CompoundFileMark => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8);

    /// <returns>Why the file is refused; null where nothing speaks against it.</returns>
    public static Wording? Refuse(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(CompoundFileMark))
        {
            return new Wording(
                "Đây là sổ Excel đời cũ (.xls) hoặc có mật khẩu, dù đuôi tệp là gì. Hãy mở bằng Excel, bỏ mật khẩu nếu có, và lưu thành «Excel Workbook (.xlsx)».",
                "This is an old Excel workbook (.xls) or one with a password, whatever its name ends in. Open it in Excel, remove the password if there is one, and save it as 'Excel Workbook (.xlsx)'.");
        }

        if (head.StartsWith("%PDF"u8))
        {
            return new Wording(
                "Đây là tệp PDF. Hãy xin danh sách ở dạng CSV hoặc .xlsx.",
                "This is a PDF. Ask for the list as CSV or .xlsx.");
        }

        if (head.TrimStart("\uFEFF \t\r\n"u8).StartsWith("<"u8))
        {
            return new Wording(
                "Đây là trang web hoặc tệp XML, dù đuôi tệp là gì. Hãy mở bằng Excel và lưu thành «Excel Workbook (.xlsx)».",
                "This is a web page or XML, whatever its name ends in. Open it in Excel and save it as 'Excel Workbook (.xlsx)'.");
        }

        return null;
    }
}
