using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>A row of the table audit.</summary>
sealed record AuditRow
{
    public long Id { get; init; }
    public required string At { get; init; }
    public required string Kind { get; init; }
    public required string Ref { get; init; }
    public required string Content { get; init; }

    /// <summary><see cref="AuditKey.Fingerprint"/>; empty where it was written without a key.</summary>
    public required string Key { get; init; }
    public string Hash { get; init; } = "";

    /// <param name="row">Its columns id, at, kind, ref, content, key, hash.</param>
    public static AuditRow Of(Statement row) => new()
    {
        Id = row.Number(0),
        At = row.Text(1)!,
        Kind = row.Text(2)!,
        Ref = row.Text(3)!,
        Content = row.Text(4)!,
        Key = row.Text(5)!,
        Hash = row.Text(6)!,
    };

    /// <summary>The record it bears witness to.</summary>
    public Wording Record => AuditKinds.Describe(Kind, Ref);

    /// <summary>Over the row before and everything of this one.</summary>
    /// <param name="before">Hash of the row before; empty for the first.</param>
    /// <param name="key">Null: a plain hash, which anybody can make.</param>
    public string HashAfter(string before, AuditKey? key)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{before}\n{Id}\n{At}\n{Kind}\n{Ref}\n{Key}\n{Content.Length}\n{Content}"));
        return Convert.ToHexStringLower(key is null ? SHA256.HashData(text) : HMACSHA256.HashData(key.Bytes, text));
    }
}

/// <summary>What kinds of record stand in the chain. Stored: never rename.</summary>
static class AuditKinds
{
    public const string Start = "start";
    public const string Approval = "approval";
    public const string Void = "void";
    public const string Submission = "submission";
    public const string Rejection = "rejection";
    public const string Revocation = "revocation";
    public const string Decision = "decision";
    public const string Event = "event";
    public const string Resolution = "resolution";
    public const string LaneStop = "lane-stop";
    public const string LaneGo = "lane-go";
    public const string Extension = "window_extension";
    public const string Order = "standing_order";
    public const string OrderLift = "order-lift";
    public const string Command = "command";
    public const string CommandAnswer = "command-answer";
    public const string WorkOrder = "work_order";
    public const string OrderStep = "order_step";
    public const string CarrierResult = "carrier_result";
    public const string ReportSubmission = "report_submission";
    public const string PurgeStep = "purge_step";
    public const string ErasedNumber = "erased_number";

    /// <summary>A record's columns as JSON, by the table's name: what the chain holds of it, and what
    /// it is compared with.</summary>
    public static readonly IReadOnlyDictionary<string, SqlText> Records = new Dictionary<string, SqlText>
    {
        // Of one from before accounts were kept apart as it was written then.
        [Approval] = new("""
            case when by_kind = ''
            then json_array(id, campaign, date, hash, approved_by, document, at, by_os)
            else json_array(id, campaign, date, hash, approved_by, document, at, by_os,
                            by_kind, by_account, submission, reason)
            end
            """),
        [Submission] = new("""
            json_array(id, campaign, date, every_year, hash, definition_hash, audience_hash, plan_hash,
                       submitted_by, by_kind, by_account, by_os, note, at)
            """),
        // Of a refusal as it was always written.
        [Rejection] = new("""
            case when kind = 'Refused'
            then json_array(id, submission, rejected_by, by_kind, by_account, by_os, reason, at)
            else json_array(id, submission, rejected_by, by_kind, by_account, by_os, reason, at, kind)
            end
            """),
        [Revocation] = new("json_array(id, campaign, date, revoked_by, by_kind, by_account, by_os, reason, at)"),
        [Decision] = new("json_array(id, campaign, date, due_at, at, what, reason_vi, reason_en, by_os)"),
        [Event] = new("json_array(id, at, who, what, detail, by_os)"),
        [Extension] = new("json_array(id, run, day, closes, person, by_os, reason, at)"),
        [Order] = new("json_array(id, kind, run, lane, rate, at, person, account, host, behind, reason)"),
        [Command] = new("json_array(id, kind, run, arguments, seen, person, account, host, behind, asked_at)"),
        [WorkOrder] = new("json_array(id, run, segment, holder, revision, content, made_by, by_os, at)"),
        [OrderStep] = new("""
            json_array(id, work_order, kind, document, on_day, said_by, note, rate, recorded_by, by_os, at)
            """),
        [CarrierResult] = new("""
            json_array(id, work_order, file_name, file_hash, content, document, on_day, corrects, reason, recorded_by,
                       by_os, at)
            """),
        [ReportSubmission] = new("json_array(id, run, report, document, on_day, recorded_by, by_os, at)"),
        [PurgeStep] = new("""
            json_array(id, run, code, step, day, key, messages, exclusions, receipts, files, learned, lists,
                       through, seal, kept, person, by_os, reason, at)
            """),
        [ErasedNumber] = new("json_array(id, hash, key, step, runs, person, by_os, reason, at)"),
    };

    /// <summary>Of one that neither another approval nor a person took back as it was always written.</summary>
    public static readonly SqlText VoidContent = new("""
        case when replaced_by is null and revoked_by is null
        then json_array(id, voided_at, void_reason_vi, void_reason_en)
        else json_array(id, voided_at, void_reason_vi, void_reason_en, replaced_by, revoked_by)
        end
        """);

    public static readonly SqlText LiftContent = new(
        "json_array(id, lifted_at, lifted_person, lifted_account, lifted_host, lifted_behind, lifted_reason)");

    /// <summary>What came of a command.</summary>
    public static readonly SqlText AnswerContent = new(
        "json_array(id, taken_by, outcome, answer_vi, answer_en, answered_at)");

    public static readonly SqlText StopContent = new("json_array(lane, at, reason, kind, cause)");

    /// <summary>As it was written before kinds were among it.</summary>
    public static readonly SqlText OlderStopContent = new("json_array(lane, at, reason)");

    /// <summary>Of a start: the last command from before the chain bore them out.</summary>
    public static string OlderCommands(long last) => string.Create(CultureInfo.InvariantCulture, $"[{last}]");

    /// <summary>A record by its kind and what tells it from others of its kind.</summary>
    public static Wording Describe(string kind, string reference) => kind switch
    {
        Start when reference == Command => new("mốc bắt đầu của các yêu cầu trong chuỗi", "start of commands"),
        Start => new("mốc bắt đầu của chuỗi", "start"),
        Approval => new($"phê duyệt số {reference}", $"approval {reference}"),
        Void => new($"việc hết hiệu lực của phê duyệt số {reference}", $"void {reference}"),
        Submission => new($"việc trình phê duyệt số {reference}", $"submission {reference}"),
        Rejection => new($"việc từ chối, trả lại hoặc rút hồ sơ số {reference}", $"rejection {reference}"),
        Revocation => new($"việc thu hồi phê duyệt số {reference}", $"revocation {reference}"),
        Decision => new($"quyết định số {reference}", $"decision {reference}"),
        Event => new($"sự kiện số {reference}", $"event {reference}"),
        Resolution => new($"kết quả do người quyết định {DescribeResolution(reference)}", $"resolution {reference}"),
        Extension => new($"việc kéo dài khung giờ số {reference}", $"extension {reference}"),
        Order => new($"lệnh số {reference} về việc đang gửi", $"order {reference}"),
        OrderLift => new($"việc kết thúc lệnh số {reference}", $"order-lift {reference}"),
        Command => new($"yêu cầu số {reference} với dịch vụ gửi", $"command {reference}"),
        CommandAnswer => new($"trả lời yêu cầu số {reference}", $"command-answer {reference}"),
        WorkOrder => new($"công văn đề nghị nhà mạng nhắn tin số {reference}", $"work order {reference}"),
        ReportSubmission => new($"việc nộp báo cáo số {reference}", $"report handed in {reference}"),
        PurgeStep => new($"bước xóa số điện thoại số {reference}", $"purge step {reference}"),
        ErasedNumber => new($"yêu cầu xóa một số điện thoại số {reference}", $"erased number {reference}"),
        OrderStep => new($"việc ghi nhận về công văn số {reference}", $"order step {reference}"),
        CarrierResult => new($"báo cáo của nhà mạng số {reference}", $"carrier's report {reference}"),
        LaneStop => new($"việc dừng kênh gửi '{reference}'", $"lane-stop {reference}"),
        LaneGo => new($"việc cho kênh gửi '{reference}' gửi tiếp", $"lane-go {reference}"),
        _ => new($"bản ghi loại '{kind}', số {reference}", $"{kind} {reference}"),
    };

    /// <summary>As of <see cref="PersonsResolution.ReferenceOf"/>, the status in words.</summary>
    static Wording DescribeResolution(string reference) =>
        reference.Split(' ') is [var run, var at, var to] && Enum.TryParse<Messages.MessageStatus>(to, out var status)
            ? new Wording($"{run} {at} '{MessageStatusWords.Of(status)}'", $"{run} {at} {to}")
            : new Wording(reference, reference);
}
