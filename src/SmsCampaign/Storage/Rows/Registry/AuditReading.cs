using System.Globalization;
using System.Text.Json;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>Reads rows of the chain for a person: who did what, by the places that <see cref="AuditKinds.Records"/> has
/// them at. A row that no program has written so is shown with its kind alone.</summary>
static class AuditReading
{
    static readonly IReadOnlyDictionary<string, AuditSubject> Subjects = new Dictionary<string, AuditSubject>
    {
        [AuditKinds.Start] = AuditSubject.Start,
        [AuditKinds.Approval] = AuditSubject.Approval,
        [AuditKinds.Void] = AuditSubject.Approval,
        [AuditKinds.Submission] = AuditSubject.Approval,
        [AuditKinds.Rejection] = AuditSubject.Approval,
        [AuditKinds.Revocation] = AuditSubject.Approval,
        [AuditKinds.Decision] = AuditSubject.Run,
        [AuditKinds.Extension] = AuditSubject.Run,
        [AuditKinds.Order] = AuditSubject.Run,
        [AuditKinds.OrderLift] = AuditSubject.Run,
        [AuditKinds.LaneStop] = AuditSubject.Lane,
        [AuditKinds.LaneGo] = AuditSubject.Lane,
        [AuditKinds.Resolution] = AuditSubject.Uncertain,
        [AuditKinds.Command] = AuditSubject.Command,
        [AuditKinds.CommandAnswer] = AuditSubject.Command,
        [AuditKinds.WorkOrder] = AuditSubject.Carrier,
        [AuditKinds.OrderStep] = AuditSubject.Carrier,
        [AuditKinds.CarrierResult] = AuditSubject.Carrier,
        [AuditKinds.ReportSubmission] = AuditSubject.Report,
        [AuditKinds.PurgeStep] = AuditSubject.Privacy,
        [AuditKinds.ErasedNumber] = AuditSubject.Privacy,
        [AuditKinds.Event] = AuditSubject.Event,
    };

    public static IReadOnlyList<string> KindsOf(AuditSubject? subject) =>
        [.. Subjects.Where(each => subject is null || each.Value == subject).Select(each => each.Key)];

    public static AuditedRecord Read(Db db, AuditRow row)
    {
        var at = new Cells(row.Content);
        var read = row.Kind switch
        {
            AuditKinds.Approval => new Found(at[4], at[7], at[1], Plain(at[2], at[5])),
            AuditKinds.Void => new Found(null, null, About(db, AuditKinds.Approval, row.Ref)[1], Both(at[2], at[3])),
            AuditKinds.Submission => new Found(at[8], at[11], at[1], Plain(at[2], at[12])),
            AuditKinds.Rejection => new Found(
                at[2], at[5], About(db, AuditKinds.Submission, at[1])[1], ActOf(at[8]) + Plain(at[6])),
            AuditKinds.Revocation => new Found(at[3], at[6], at[1], Plain(at[2], at[7])),
            AuditKinds.Decision => new Found(
                null, at[8], at[1], Plain(at[2]) + Happened(at[5], ", ") + Both(at[6], at[7], ": ")),
            AuditKinds.Event => new Found(
                at[2], at[5], CampaignOf(FirstWord(at[4])), Happened(at[3]) + Both(at[4], at[4], ": ")),
            AuditKinds.Resolution => new Found(at[2], at[6], CampaignOf(FirstWord(row.Ref)), Settled(at)),
            AuditKinds.LaneStop or AuditKinds.LaneGo => new Found(null, null, null, Plain(at[2])),
            AuditKinds.Extension => new Found(at[4], at[5], CampaignOf(at[1]), Plain(at[1], at[3], at[6])),
            AuditKinds.Order => new Found(
                at[6], Account(at[7], at[8]), CampaignOf(at[2]), Plain(at[2], at[3], at[4], at[10])),
            AuditKinds.OrderLift => new Found(
                at[2], Account(at[3], at[4]), CampaignOf(About(db, AuditKinds.Order, row.Ref)[2]), Plain(at[6])),
            AuditKinds.Command => new Found(at[5], Account(at[6], at[7]), CampaignOf(at[2]), Plain(at[1], at[2])),
            AuditKinds.CommandAnswer => new Found(
                null, null, CampaignOf(About(db, AuditKinds.Command, row.Ref)[2]), Both(at[3], at[4])),
            AuditKinds.WorkOrder => new Found(at[6], at[7], CampaignOf(at[1]), Plain(at[1], at[2], at[3])),
            AuditKinds.OrderStep => new Found(at[8], at[9], CampaignOfOrder(db, at[1]), Plain(at[2], at[3], at[6])),
            AuditKinds.CarrierResult => new Found(at[9], at[10], CampaignOfOrder(db, at[1]), Plain(at[2], at[5])),
            AuditKinds.ReportSubmission => new Found(at[5], at[6], CampaignOf(at[1]), Plain(at[1], at[3])),
            AuditKinds.PurgeStep => new Found(at[15], at[16], CampaignOf(at[1]), Plain(at[1], at[3], at[17])),
            AuditKinds.ErasedNumber => new Found(at[5], at[6], null, Plain(at[7])),
            _ => new Found(null, null, null, new Wording("", "")),
        };
        return new AuditedRecord(
            row.Id,
            DateTimeOffset.TryParse(
                row.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null,
            Subjects.GetValueOrDefault(row.Kind, AuditSubject.Event),
            row.Record,
            NotEmpty(read.Person),
            NotEmpty(read.Account),
            NotEmpty(read.Campaign),
            read.Detail);
    }

    /// <summary>What the chain says of another record that one is about.</summary>
    static Cells About(Db db, string kind, string? reference) => new(
        long.TryParse(reference, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? AuditLog.FindContent(db, kind, id)
            : null);

    static string? CampaignOfOrder(Db db, string? order) =>
        CampaignOf(About(db, AuditKinds.WorkOrder, order)[1]);

    /// <param name="run">As campaign/date, with more behind it or not.</param>
    static string? CampaignOf(string? run) => run?.Split('/') is [{ Length: > 0 } campaign, var date, ..]
        && DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? campaign
            : null;

    static string? FirstWord(string? text) => text?.Split(' ')[0].TrimEnd(':', ',', '.', ';');

    static string? Account(string? account, string? host) => NotEmpty(account) is null ? null : $"{account}@{host}";

    static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>Before why a submission was answered without an approval.</summary>
    /// <param name="kind">Of <see cref="RejectionKind"/>; null: it was refused.</param>
    static Wording ActOf(string? kind) => kind is null
        ? new Wording("", "")
        : RejectionWords.Of(StoredName.Find<RejectionKind>(kind)) + new Wording(": ", ": ");

    static Wording Settled(Cells at)
    {
        var to = Enum.TryParse<MessageStatus>(at[1], out var status)
            ? MessageStatusWords.Of(status)
            : new Wording($"{at[1]}", $"{at[1]}");
        return new Wording($"{at[4]} tin, {to}. {at[3]}", $"{at[4]}, {to}. {at[3]}");
    }

    static Wording Happened(string? what, string before = "") => NotEmpty(what) is null
        ? new Wording("", "")
        : new Wording($"{before}", $"{before}") + EventWords.Of(what!);

    static Wording Plain(params IEnumerable<string?> pieces)
    {
        var text = string.Join(", ", pieces.Select(NotEmpty).OfType<string>());
        return new Wording(text, text);
    }

    static Wording Both(string? vi, string? en, string before = "") => NotEmpty(vi) is null && NotEmpty(en) is null
        ? new Wording("", "")
        : new Wording($"{before}{vi}", $"{before}{en}");

    readonly record struct Found(string? Person, string? Account, string? Campaign, Wording Detail);

    /// <summary>The columns of a record as the chain has them. What is not there is null.</summary>
    sealed class Cells
    {
        readonly IReadOnlyList<string?> _cells;

        public Cells(string? content)
        {
            try
            {
                using var json = JsonDocument.Parse(content ?? "[]");
                _cells = json.RootElement.ValueKind != JsonValueKind.Array ? [] :
                [
                    .. json.RootElement.EnumerateArray().Select(cell => cell.ValueKind switch
                    {
                        JsonValueKind.String => cell.GetString(),
                        JsonValueKind.Null => null,
                        _ => cell.GetRawText(),
                    }),
                ];
            }
            catch (JsonException) // changed past the program: `audit verify` names it
            {
                _cells = [];
            }
        }

        public string? this[int at] => at < _cells.Count ? _cells[at] : null;
    }
}
