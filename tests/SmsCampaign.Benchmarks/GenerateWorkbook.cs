using System.IO.Compression;
using System.Text;
using System.Xml;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// The table of a CSV file as a workbook as Excel writes it: every text among the shared ones, once, and a range that
/// claims every column of the sheet, as LibreOffice writes it.
/// </summary>
static class GenerateWorkbook
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <param name="csv">Without quoted cells.</param>
    public static void Write(string file, string csv)
    {
        File.Delete(file);
        using var zip = ZipFile.Open(file, ZipArchiveMode.Create);
        Add(
            zip,
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
        Add(
            zip,
            "_rels/.rels",
            Relationships($"<Relationship Id=\"r1\" Type=\"{Related}/officeDocument\" Target=\"xl/workbook.xml\"/>"));
        Add(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Related}\"><sheets><sheet name=\"S\" "
            + $"sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
        Add(zip, "xl/_rels/workbook.xml.rels", Relationships(
            $"<Relationship Id=\"r1\" Type=\"{Related}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship "
            + $"Id=\"r2\" Type=\"{Related}/sharedStrings\" Target=\"sharedStrings.xml\"/>"));

        var shared = new Dictionary<string, int>();
        using (var sheet = Open(zip, "xl/worksheets/sheet1.xml"))
            WriteSheet(sheet, csv, shared);
        using (var strings = Open(zip, "xl/sharedStrings.xml"))
            WriteShared(strings, shared);
    }

    static void WriteSheet(StreamWriter sheet, string csv, Dictionary<string, int> shared)
    {
        sheet.Write(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><worksheet xmlns=\"{Main}\"><dimension "
            + $"ref=\"A1:XFD1048576\"/><sheetData>");
        foreach (var (at, line) in File.ReadLines(csv).Index())
        {
            sheet.Write($"<row r=\"{at + 1}\" spans=\"1:5\">");
            foreach (var (column, text) in line.TrimStart('\uFEFF').Split(',').Index())
            {
                var place = $"{(char)('A' + column)}{at + 1}";
                if (column == 0 && at > 0)
                    sheet.Write($"<c r=\"{place}\"><v>{text}</v></c>");
                else if (text.Length > 0)
                    sheet.Write($"<c r=\"{place}\" t=\"s\"><v>{IndexOf(text, shared)}</v></c>");
            }

            sheet.Write("</row>");
        }

        sheet.Write("</sheetData></worksheet>");
    }

    static void WriteShared(StreamWriter strings, Dictionary<string, int> shared)
    {
        strings.Write(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><sst xmlns=\"{Main}\" "
            + $"uniqueCount=\"{shared.Count}\">");
        using var xml = XmlWriter.Create(
            strings, new XmlWriterSettings { ConformanceLevel = ConformanceLevel.Fragment, CloseOutput = false });
        foreach (var text in shared.Keys)
        {
            xml.WriteStartElement("si");
            xml.WriteElementString("t", text);
            xml.WriteEndElement();
        }

        xml.Flush();
        strings.Write("</sst>");
    }

    static int IndexOf(string text, Dictionary<string, int> shared)
    {
        if (!shared.TryGetValue(text, out var index))
            shared.Add(text, index = shared.Count);
        return index;
    }

    static string Relationships(string content) =>
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + $"{content}</Relationships>";

    static void Add(ZipArchive zip, string name, string content)
    {
        using var part = Open(zip, name);
        part.Write(content);
    }

    static StreamWriter Open(ZipArchive zip, string name) =>
        new(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false), bufferSize: 1 << 16);
}
