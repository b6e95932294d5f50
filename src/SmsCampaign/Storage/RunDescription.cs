using System.Globalization;
using System.Text.Json;
using SmsCampaign.Campaigns;
using SmsCampaign.Letters;

namespace SmsCampaign.Storage;

/// <summary>
/// What a run's ledger keeps of the run as a whole beside its rows (table run_info), as it was planned and
/// approved: it is sent and reported on without the files it was made of. This is the one place that knows
/// what these rows say, written and read.
/// </summary>
/// <remarks>A ledger of an older program lacks some rows: what each then means stands at the property.</remarks>
public sealed record RunDescription
{
    /// <summary>Before a message's name in the name of its row.</summary>
    const string TextOf = "text:";

    public required RunKey Key { get; init; }

    /// <summary>Stands in every message reference.</summary>
    public required string Code { get; init; }

    /// <summary>The campaign's id; that of <see cref="Key"/> where no row says it. So are the two below.</summary>
    public string Campaign { get => field ?? Key.Campaign; init; }
    public bool Simulated { get => _simulated ?? Key.Simulated; init => _simulated = value; }
    public DateOnly Date { get => _date ?? Key.Date; init => _date = value; }

    public string Title { get; init; } = "";

    /// <summary>Live where no row says it.</summary>
    public CampaignMode Mode { get; init; } = CampaignMode.Live;
    public bool Yearly { get; init; }
    public required string Sender { get; init; }

    /// <summary>A run planned before there was a choice has the default.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary><see cref="UnsaidCanary"/> where no row says it, so that what was approved before there was the key
    /// fits. So it is with <see cref="Guard"/>.</summary>
    public CanaryPolicy Canary { get; init; } = CanaryPolicy.Default;

    public GuardPolicy Guard { get; init; } = GuardPolicy.Default;

    /// <summary>How the run shares an account with others: <see cref="CampaignPriority"/>.</summary>
    public int Priority { get; init; } = CampaignPriority.Standard;

    /// <summary>Name of the campaign's time zone; empty where no row says it.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>As 08:00-20:00; empty where no row says it. So are the texts below.</summary>
    public string Window { get; init; } = "";
    public string Issuer { get; init; } = "";

    /// <summary>The document that asks for the campaign, by number, date and item.</summary>
    public string Directive { get; init; } = "";
    public string ReportTo { get; init; } = "";
    public DateOnly? ReportBy { get; init; }
    public string DefinitionHash { get; init; } = "";
    public string AudienceHash { get; init; } = "";
    public string PlanHash { get; init; } = "";

    /// <summary>When it was planned.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>How far other runs of the campaign had come; empty where none had begun.</summary>
    public string Earlier { get; init; } = "";

    /// <summary>Date of the run of the campaign that left these messages; null where they are of the campaign's files.
    /// </summary>
    public DateOnly? RestOf { get; init; }

    /// <summary>Whether what a stopped lane holds may go to another.</summary>
    public bool UsesFallback { get; init; }

    /// <summary>What phones are sent, by the message's name.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>Head and foot of the letter that reports on it, as the installation had them when it was planned: a
    /// report is the same wherever it is written. The settings' defaults where no row says it.</summary>
    public LetterSettings Letters { get; init; } = new();

    /// <summary>What it was made of. Null where only <see cref="Of"/> was asked, which leaves it out.</summary>
    public RunOrigin? Origin { get; init; }

    /// <summary>What a ledger without the rows was approved by. Not the campaign file's default, which a later version
    /// may change: these stay as they are, or a run would be sent by other bounds than were approved.</summary>
    static readonly CanaryPolicy UnsaidCanary = new(50, 60, TimeSpan.FromMinutes(5), 20);

    /// <inheritdoc cref="UnsaidCanary"/>
    static readonly GuardPolicy UnsaidGuard = new(20, TimeSpan.FromMinutes(5), 200);

    readonly bool? _simulated;
    readonly DateOnly? _date;

    /// <summary>The campaign's zone; UTC where the ledger names none, or one that this machine does not know.</summary>
    public TimeZoneInfo Zone =>
        TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <returns>The rows of run_info by name, as <see cref="Of"/> takes them.</returns>
    internal IReadOnlyDictionary<string, string> ToRows()
    {
        var rows = new Dictionary<string, string>
        {
            ["key"] = Key.ToString(),
            ["code"] = Code,
            ["campaign"] = Campaign,
            ["title"] = Title,
            ["mode"] = Mode == CampaignMode.Live ? "live" : "exercise",
            ["simulated"] = Flag(Simulated),
            ["yearly"] = Flag(Yearly),
            ["date"] = SqlTime.ToSql(Date),
            ["sender"] = Sender,
            ["tries"] = Number(Retry.MostTries),
            ["valid_hours"] = Number((int)Retry.Validity.TotalHours),
            ["priority"] = Number(Priority),
            ["time_zone"] = TimeZone,
            ["window"] = Window,
            ["issuer"] = Issuer,
            ["directive"] = Directive,
            ["report_to"] = ReportTo,
            ["definition_hash"] = DefinitionHash,
            ["audience_hash"] = AudienceHash,
            ["plan_hash"] = PlanHash,
        };

        if (ReportBy is { } reportBy)
            rows["report_by"] = SqlTime.ToSql(reportBy);
        if (CreatedAt is { } created)
            rows["created_at"] = created.ToSql();
        if (Earlier.Length > 0)
            rows["earlier"] = Earlier;
        if (RestOf is { } of)
            rows["rest_of"] = SqlTime.ToSql(of);
        if (UsesFallback)
            rows["fallback"] = "1";
        if (Canary != UnsaidCanary)
        {
            rows["canary"] = Number(Canary.Messages);
            rows["canary_receipts"] = Number(Canary.ReceiptsPercent);
            rows["canary_minutes"] = Number((int)Canary.Within.TotalMinutes);
            rows["canary_failures"] = Number(Canary.FailuresPercent);
        }

        if (Guard != UnsaidGuard)
        {
            rows["guard"] = Number(Guard.FailuresPercent);
            rows["guard_minutes"] = Number((int)Guard.Over.TotalMinutes);
            rows["guard_messages"] = Number(Guard.Messages);
        }

        foreach (var (name, text) in Texts)
            rows[TextOf + name] = text;
        var letters = JsonSerializer.Serialize(Letters, RunOriginJson.Default.LetterSettings);
        if (letters != JsonSerializer.Serialize(new LetterSettings(), RunOriginJson.Default.LetterSettings))
            rows["letters"] = letters;
        Origin?.Write(rows);
        return rows;
    }

    /// <summary>As <see cref="Of"/>, with <see cref="Origin"/>.</summary>
    internal static RunDescription OfWhole(RunRows rows) => Of(rows) with { Origin = RunOrigin.Of(rows) };

    /// <exception cref="LedgerRowException">A row is missing or cannot be read: it is named.</exception>
    internal static RunDescription Of(RunRows rows)
    {
        var key = rows.Key("key") ?? throw rows.Lacks("key");
        return new RunDescription
        {
            Key = key,
            Code = rows.Text("code") ?? throw rows.Lacks("code"),
            Campaign = rows.Text("campaign") ?? key.Campaign,
            Title = rows.Text("title") ?? "",
            Mode = rows.Value("mode", ReadMode, new("chế độ (live, exercise)", "mode (live, exercise)"))
                ?? CampaignMode.Live,
            Simulated = rows.Flag("simulated") ?? key.Simulated,
            Yearly = rows.Flag("yearly") ?? false,
            Date = rows.Date("date") ?? key.Date,
            Sender = rows.Text("sender") ?? throw rows.Lacks("sender"),
            Retry = new RetryPolicy(
                rows.Number("tries") ?? RetryPolicy.Default.MostTries,
                rows.Number("valid_hours") is { } hours ? TimeSpan.FromHours(hours) : RetryPolicy.Default.Validity),
            Priority = rows.Number("priority") ?? CampaignPriority.Standard,
            TimeZone = rows.Text("time_zone") ?? "",
            Window = rows.Text("window") ?? "",
            Issuer = rows.Text("issuer") ?? "",
            Directive = rows.Text("directive") ?? "",
            ReportTo = rows.Text("report_to") ?? "",
            ReportBy = rows.Date("report_by"),
            DefinitionHash = rows.Text("definition_hash") ?? "",
            AudienceHash = rows.Text("audience_hash") ?? "",
            PlanHash = rows.Text("plan_hash") ?? "",
            CreatedAt = rows.Moment("created_at"),
            Earlier = rows.Text("earlier") ?? "",
            RestOf = rows.Date("rest_of"),
            UsesFallback = rows.Text("fallback") is not null,
            Canary = new CanaryPolicy(
                rows.Number("canary") ?? UnsaidCanary.Messages,
                rows.Number("canary_receipts") ?? UnsaidCanary.ReceiptsPercent,
                rows.Number("canary_minutes") is { } within ? TimeSpan.FromMinutes(within) : UnsaidCanary.Within,
                rows.Number("canary_failures") ?? UnsaidCanary.FailuresPercent),
            Guard = new GuardPolicy(
                rows.Number("guard") ?? UnsaidGuard.FailuresPercent,
                rows.Number("guard_minutes") is { } over ? TimeSpan.FromMinutes(over) : UnsaidGuard.Over,
                rows.Number("guard_messages") ?? UnsaidGuard.Messages),
            Texts = rows.StartingWith(TextOf),
            Letters = rows.Json("letters", RunOriginJson.Default.LetterSettings) ?? new LetterSettings(),
        };
    }

    static string Flag(bool value) => value ? "1" : "0";

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">It is neither.</exception>
    static CampaignMode ReadMode(string text) => text.ToUpperInvariant() switch
    {
        "LIVE" => CampaignMode.Live,
        "EXERCISE" => CampaignMode.Exercise,
        _ => throw new FormatException(),
    };
}
