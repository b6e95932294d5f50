using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>The audit chain as a CSV file that a spreadsheet opens right: rows as a person reads them, no number in
/// full.</summary>
public static class RecordFile
{
    static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    /// <summary>The byte-order mark and the line of names.</summary>
    public static byte[] Head(Language language) => [.. Mark, .. Line(
        language == Language.Vietnamese
            ? ["Dòng", "Lúc", "Việc", "Nội dung", "Người", "Tài khoản", "Chiến dịch"]
            : ["Row", "At", "Record", "Detail", "Person", "Account", "Campaign"])];

    public static byte[] Line(AuditedRecord record, Language language) => Line([
        record.Row.ToString(CultureInfo.InvariantCulture),
        record.At is { } at ? VietnamTime.Moment(at).In(language) : "",
        record.Record.In(language),
        record.Detail.In(language),
        record.Person ?? "",
        record.Account ?? "",
        record.Campaign ?? ""]);

    static byte[] Line(IReadOnlyList<string> cells)
    {
        var line = new List<byte>();
        foreach (var cell in cells)
        {
            if (line.Count > 0)
                line.Add((byte)',');
            line.AddRange(CsvBytes.Cell(NumberMask.In(cell)));
        }

        line.AddRange("\r\n"u8);
        return [.. line];
    }
}
