using System.Text;

namespace SmsCampaign.Audience;

/// <summary>
/// What a zip is that is no Excel workbook: told by what lies in it, whatever it is called.
/// </summary>
static class ZipKinds
{
    /// <summary>Most files of a zip that are named to a person.</summary>
    const int MostNamed = 5;

    /// <param name="main">The main part by the package's relationships; null where it names none.</param>
    /// <returns>Why the file is refused; null where it can be a workbook.</returns>
    public static Wording? Refuse(WorkbookParts parts, string? main)
    {
        if (OpenDocument(parts) is { } openDocument)
            return openDocument;

        if (parts.Names.Any(name => name.EndsWith(".iwa", StringComparison.OrdinalIgnoreCase))
            || parts.Has("Index.zip"))
        {
            return new Wording(
                "Đây là tệp Apple Numbers (hoặc Pages, Keynote). Trên máy Mac hãy mở bằng Numbers, chọn File → Export "
                    + "To → Excel, lưu thành .xlsx.",
                "This is an Apple Numbers file (or Pages, Keynote). On the Mac open it in Numbers, choose File → "
                    + "Export To → Excel, and save it as .xlsx.");
        }

        if (main is not null && main.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
        {
            return new Wording(
                "Đây là tệp Excel nhị phân (.xlsb). Hãy mở bằng Excel và lưu thành “Excel Workbook (.xlsx)”.",
                "This is a binary Excel workbook (.xlsb). Open it in Excel and save it as 'Excel Workbook (.xlsx)'.");
        }

        return Office(main
            ?? parts.Names.FirstOrDefault(name => name is "word/document.xml" or "ppt/presentation.xml")) is { } office
            ? office
            : main is not null || parts.Has("xl/workbook.xml") ? null : Zip(parts);
    }

    static Wording? OpenDocument(WorkbookParts parts)
    {
        // OpenDocument 1.3 part 2, 3.3: the first entry says what the file is.
        if (!parts.Has("mimetype"))
            return null;

        using var stream = parts.Open("mimetype");
        var type = new byte[128];
        var length = stream.ReadAtLeast(type, type.Length, throwOnEndOfStream: false);
        return Encoding.ASCII.GetString(type, 0, length).Trim() switch
        {
            var sheet when sheet.StartsWith(
                "application/vnd.oasis.opendocument.spreadsheet", StringComparison.Ordinal) => new Wording(
                    "Đây là bảng tính OpenDocument (.ods), dù đuôi tệp là gì. Hãy mở bằng LibreOffice hoặc Excel và "
                        + "lưu thành “Excel Workbook (.xlsx)”.",
                    "This is an OpenDocument spreadsheet (.ods), whatever its name ends in. "
                        + "Open it in LibreOffice or Excel and save it as 'Excel Workbook (.xlsx)'."),
            var other
                when other.StartsWith("application/vnd.oasis.opendocument.", StringComparison.Ordinal) => new Wording(
                    "Đây là tài liệu OpenDocument (như .odt của LibreOffice Writer), không phải bảng tính. "
                        + "Hãy chép bảng thuê bao sang Excel và lưu thành “Excel Workbook (.xlsx)”.",
                    "This is an OpenDocument document (such as .odt of LibreOffice Writer), not a spreadsheet. "
                        + "Copy the table into Excel and save it as 'Excel Workbook (.xlsx)'."),
            _ => null,
        };
    }

    static Wording? Office(string? main) => main?.Split('/')[0].ToLowerInvariant() switch
    {
        "word" => new Wording(
            "Đây là tệp Word (.docx), không phải bảng tính. Hãy chép bảng thuê bao trong đó sang Excel và lưu thành "
                + "“Excel Workbook (.xlsx)”.",
            "This is a Word document (.docx), not a spreadsheet. Copy the table in it into Excel and save it as "
                + "'Excel Workbook (.xlsx)'."),
        "ppt" => new Wording(
            "Đây là tệp PowerPoint (.pptx), không phải bảng tính. Hãy chép bảng thuê bao trong đó sang Excel và lưu "
                + "thành “Excel Workbook (.xlsx)”.",
            "This is a PowerPoint presentation (.pptx), not a spreadsheet. Copy the table in it into Excel and save it "
                + "as 'Excel Workbook (.xlsx)'."),
        "visio" => new Wording(
            "Đây là tệp Visio, không phải bảng tính. Hãy xin danh sách ở dạng CSV hoặc .xlsx.",
            "This is a Visio drawing, not a spreadsheet. Ask for the list as CSV or .xlsx."),
        _ => null,
    };

    static Wording Zip(WorkbookParts parts)
    {
        var tables = parts.Names
            .Where(name => Path.GetExtension(name).ToLowerInvariant() is ".csv" or ".xlsx" or ".xlsm" or ".txt")
            .ToList();
        if (tables.Count == 0)
        {
            return new Wording(
                "Đây là tệp nén (zip), trong đó không có tệp CSV hay .xlsx nào. "
                    + "Hãy xin danh sách ở dạng CSV hoặc .xlsx.",
                "This is a zip file, with neither a CSV nor an .xlsx inside. Ask for the list as CSV or .xlsx.");
        }

        var named = string.Join(", ", tables.Take(MostNamed)) + (tables.Count > MostNamed ? ", …" : "");
        return new Wording(
            $"Đây là tệp nén (zip), không phải tệp Excel .xlsx. Hãy giải nén và dùng tệp bên trong: {named}.",
            $"This is a zip file, not an Excel workbook (.xlsx). Unpack it and use what is inside: {named}.");
    }
}
