namespace SmsCampaign.Audience;

/// <summary>
/// Files that people take for a table and that are none, told by their first bytes whatever they are called.
/// </summary>
static class TableKinds
{
    /// <summary>Compound File Binary Format, [MS-CFB] 2.2: what Excel 97 to 2003 writes, and newer ones
    /// with a password.</summary>
    static ReadOnlySpan<byte> CompoundFileMark => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>By the format's own specification or its registration, each with what it is.</summary>
    static readonly (byte[] Mark, Wording Name)[] Others =
    [
        ("%PDF"u8.ToArray(), new("tệp PDF", "a PDF")),
        ([0x89, .. "PNG"u8], new("tệp ảnh", "a picture")),
        ([0xFF, 0xD8, 0xFF], new("tệp ảnh", "a picture")),
        ("GIF8"u8.ToArray(), new("tệp ảnh", "a picture")),
        ("{\\rtf"u8.ToArray(), new("tệp văn bản RTF", "an RTF document")),
        ("SQLite format 3"u8.ToArray(), new("cơ sở dữ liệu SQLite", "an SQLite database")),
        ([0, 1, 0, 0, .. "Standard "u8], new("cơ sở dữ liệu Access", "an Access database")),
    ];

    static readonly byte[][] Packed = [[.. "Rar!"u8], [.. "7z"u8, 0xBC, 0xAF], [0x1F, 0x8B]];

    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8);

    /// <returns>Why the file is refused; null where nothing speaks against it.</returns>
    public static Wording? Refuse(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(CompoundFileMark))
        {
            return new Wording(
                "Đây là tệp Excel đời cũ (.xls) hoặc có mật khẩu, dù đuôi tệp là gì. Hãy mở bằng Excel, bỏ mật khẩu "
                    + "nếu có, và lưu thành “Excel Workbook (.xlsx)”.",
                "This is an old Excel workbook (.xls) or one with a password, whatever its name ends "
                    + "in. Open it in Excel, remove the password if there is one, and save it as "
                    + "'Excel Workbook (.xlsx)'.");
        }

        foreach (var (mark, name) in Others)
        {
            if (head.StartsWith(mark))
            {
                return new Wording(
                    $"Đây là {name}, không phải bảng. Hãy xin danh sách ở dạng CSV hoặc .xlsx.",
                    $"This is {name}, not a table. Ask for the list as CSV or .xlsx.");
            }
        }

        foreach (var mark in Packed)
        {
            if (head.StartsWith(mark))
            {
                return new Wording(
                    "Đây là tệp nén (rar, 7z hoặc gz), dù đuôi tệp là gì. "
                        + "Hãy giải nén và dùng tệp CSV hoặc .xlsx bên trong.",
                    "This is a packed file (rar, 7z or gz), whatever its name ends in. "
                        + "Unpack it and use the CSV or .xlsx inside.");
            }
        }

        if (head.TrimStart("\uFEFF \t\r\n"u8).StartsWith("<"u8))
        {
            return new Wording(
                "Đây là trang web hoặc tệp XML, dù đuôi tệp là gì. Hãy mở bằng Excel và lưu thành "
                    + "“Excel Workbook (.xlsx)”.",
                "This is a web page or XML, whatever its name ends in. Open it in Excel and save it as "
                    + "'Excel Workbook (.xlsx)'.");
        }

        return null;
    }
}
