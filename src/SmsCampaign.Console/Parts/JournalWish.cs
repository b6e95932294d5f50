using System.Globalization;
using System.Text;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>Which records somebody looks for, as the page's address has it.</summary>
/// <param name="Subject">Name of an <see cref="AuditSubject"/>.</param>
/// <param name="From">As dd/MM/yyyy.</param>
public sealed record JournalWish(string? Campaign, string? Subject, string? Person, string? From, string? To)
{
    static readonly string[] Dates = ["d/M/yyyy", "yyyy-MM-dd"];

    /// <param name="problems">Is told what is wrong.</param>
    public RecordWish Read(List<Wording> problems) =>
        new(SubjectOf(Subject), DateOf(From, problems), DateOf(To, problems));

    public bool IsMeant(AuditedRecord record) =>
        (string.IsNullOrWhiteSpace(Campaign) || record.Campaign == Campaign.Trim())
        && (string.IsNullOrWhiteSpace(Person)
            || Folded.Finds(
                Person,
                // Of a decision the name stands in its words alone.
                $"{record.Person} {record.Account} {(record.Person is null ? record.Detail.Vi : "")}"));

    /// <summary>Behind the path; empty where nothing is looked for.</summary>
    /// <param name="before">Null: from the newest on.</param>
    public string ToQuery(long? before = null)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in new[]
        {
            ("chien-dich", Campaign), ("loai", Subject), ("nguoi", Person), ("tu", From), ("den", To),
            ("truoc", before?.ToString(CultureInfo.InvariantCulture)),
        })
        {
            if (!string.IsNullOrWhiteSpace(value))
                query.Append(query.Length == 0 ? '?' : '&')
                    .Append(name)
                    .Append('=')
                    .Append(Uri.EscapeDataString(value));
        }

        return query.ToString();
    }

    static AuditSubject? SubjectOf(string? name) =>
        Enum.TryParse<AuditSubject>(name, out var subject) && Enum.IsDefined(subject) ? subject : null;

    static DateOnly? DateOf(string? written, List<Wording> problems)
    {
        if (string.IsNullOrWhiteSpace(written))
            return null;
        if (DateOnly.TryParseExact(
            written.Trim(), Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date < DateOnly.MaxValue)
            return date;

        problems.Add(new Wording(
            $"'{written}' không phải là ngày: hãy ghi như 30/07/2025.",
            $"'{written}' is no date: write it as 30/07/2025."));
        return null;
    }
}
