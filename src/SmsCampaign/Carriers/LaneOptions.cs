using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using SmsCampaign.Files;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers;

/// <summary>What a lane's contract counts in a second.</summary>
public enum RateUnit
{
    /// <summary>Parts of messages: a text of four parts counts four.</summary>
    Parts,

    /// <summary>Messages, however long.</summary>
    Messages,

    /// <summary>Requests to the gateway, however many messages each carries.</summary>
    Requests,
}

/// <summary>How far a lane's receipts can be believed. Reports never say "delivered" beyond it. Vietnamese operators
/// often return no handset receipt at all (config/gateways/SOURCES.md, Receipts).</summary>
public enum ReceiptTrust
{
    /// <summary>No receipts come: "accepted" is the last that is known.</summary>
    None,

    /// <summary>A positive receipt means the gateway has queued it: "accepted".</summary>
    Gateway,

    /// <summary>A positive receipt means the network has taken it: "sent".</summary>
    Network,

    /// <summary>A positive receipt means the phone has it: "delivered".</summary>
    Handset,
}

/// <summary>
/// Settings every lane has, whatever its type: one section under "lanes" in config/smscampaign.json. A lane is an
/// account at a gateway.
/// </summary>
public abstract class LaneOptions : ICheckedSettings
{
    /// <summary>Characters of <see cref="AllowPlainHttp"/>.</summary>
    internal const int ShortestReason = 10;

    /// <summary>Which adapter to use: a name from <c>CarrierTypes.All</c>. Required.</summary>
    [Required]
    public string Type { get; set; } = "";

    /// <summary>True where the gateway is a stand-in (a simulator), false where it reaches real phones. Required:
    /// an exercise cannot use a live lane, nor a live campaign a stand-in.</summary>
    [Required]
    public bool? StandIn { get; set; }

    /// <summary>Carriers whose subscribers the lane serves, by their names in the prefix table. At least one. Of two
    /// lanes for one carrier, the one that the campaign file lists first.</summary>
    [Required, MinLength(1)]
    public List<string> Carriers { get; set; } = [];

    /// <summary>Carriers whose subscribers the lane may take over from their own lane: one by one where their
    /// gateway says that the number is on another network, and all where it has stopped and the campaign file
    /// allows it. None unless set.</summary>
    public List<string> FallbackFor { get; set; } = [];

    /// <summary>Most <see cref="RateUnit"/> in any sliding second that the contract allows. 1 to 100,000; no default,
    /// ask the carrier.</summary>
    [Required, Range(1, 100_000)]
    public int Rate { get; set; }

    /// <summary>What <see cref="Rate"/> counts. Parts unless set.</summary>
    public RateUnit RateUnit { get; set; } = RateUnit.Parts;

    /// <summary>Further limits of the contract, all kept together with <see cref="Rate"/>, such as requests a minute or
    /// parts a day. None unless set. Such as [{ "most": 60, "of": "requests", "per": "minute" }]; one for each of and
    /// per.</summary>
    public List<LaneLimit> Limits { get; set; } = [];

    /// <summary>Time zone whose calendar days <see cref="Limits"/> count. Asia/Ho_Chi_Minh unless set.</summary>
    public string TimeZone { get; set; } = CalendarDay.VietnamZone;

    /// <summary>Most messages under an intent and not yet answered and recorded: what one crash can make uncertain. 1
    /// to 10,000; 32 unless set.</summary>
    [Range(1, 10_000)]
    public int MaxInFlight { get; set; } = 32;

    /// <summary>Most calls made at once. 1 to 1,000; the smaller of maxInFlight and 64 unless set.</summary>
    [Range(1, 1_000)]
    public int? Connections { get; set; }

    /// <summary>Most messages in one call, where the adapter can send lists. 1 to 1,000; 1 unless set. Of an http lane
    /// above 1 only with item.</summary>
    [Range(1, 1_000)]
    public int MostPerCall { get; set; } = 1;

    /// <summary>Whether the account takes text with diacritics (UCS-2). Yes unless set.</summary>
    public bool Unicode { get; set; } = true;

    /// <summary>How the lane counts parts. Standard unless set. It is about texts without diacritics. A text that goes
    /// out in another alphabet than the table counts (only à, é and the like, or a backtick) stops the plan.</summary>
    public LengthTable LengthTable { get; set; } = LengthTable.Standard;

    /// <summary>Most parts of one message that the account takes. 1 to 10; 6 unless set.</summary>
    [Range(1, 10)]
    public int MostParts { get; set; } = 6;

    /// <summary>How far receipts can be believed. Required. Reports never say more.</summary>
    [Required]
    public ReceiptTrust? ReceiptTrust { get; set; }

    /// <summary>How long after hand-over a receipt is waited for. 1 second to 7 days; 72 hours unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan ReceiptTimeout { get; set; } = TimeSpan.FromHours(72);

    /// <summary>How the gateway shows that a callback is its own. A live lane whose gateway brings receipts must have
    /// it, unless the gateway signs them. All that is set must hold. A callback that does not hold is answered with 401
    /// or 403, not kept, counted, and logged without anything of it.</summary>
    public CallbackOptions? Callback { get; set; }

    /// <summary>Price of one part, VND before tax. 0 to 100,000. Required: without it no cost can be shown.</summary>
    [Required, Range(0, 100_000)]
    public decimal? PricePerPart { get; set; }

    /// <summary>Why an address of the lane uses http without TLS beyond this machine, at least 10 characters: the text
    /// of a message, the numbers and the password can then be read and changed on the way. Unset: it may not. Several
    /// gateways offer nothing else; the reason then says what protects the line, such as a leased line or a
    /// VPN.</summary>
    public string? AllowPlainHttp { get; set; }

    /// <summary>Longest wait for one answer. 1 second to 2 minutes; 15 seconds unless set. After it the message is
    /// uncertain.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The table whose alphabet the gateway sends in, whatever <see cref="LengthTable"/> counts: care where it
    /// knows texts with and without diacritics only, as Vietnamese gateways do. Null, unless an adapter says so: as
    /// lengthTable has it.</summary>
    protected virtual LengthTable? OwnAlphabet => null;

    /// <summary>The alphabet a text goes out in. Everything an adapter tells its gateway of it, and every
    /// check, asks here.</summary>
    internal SmsEncoding EncodingOf(SmsText text) => text.EncodingIn(OwnAlphabet ?? LengthTable);

    /// <summary>What keeps the account from taking a text that it would take by its length and its alphabet, or from
    /// counting it as it is sent, for the officer who wrote it: what is wrong and what to do.</summary>
    public IEnumerable<Wording> FaultsOf(SmsText text)
    {
        if (EncodingOf(text) != text.EncodingIn(LengthTable))
        {
            var (set, fit) = (Name(LengthTable), Name(OwnAlphabet!.Value));
            yield return new Wording(
                $"Nội dung có ký tự mà bảng đếm {set} đếm khác cổng này, như à, é hay dấu `. "
                    + $"Kỹ sư phụ trách hãy đặt lengthTable của kênh là {fit}.",
                $"It has characters that the length table '{set}' counts otherwise than this gateway, such as à, "
                    + $"é or a backtick. An engineer sets lengthTable of the lane to {fit}.");
        }

        foreach (var fault in OwnFaultsOf(text))
            yield return fault;
    }

    /// <summary>What else the gateway does not take. Nothing unless an adapter says so.</summary>
    protected virtual IEnumerable<Wording> OwnFaultsOf(SmsText text) => [];

    /// <summary>Whether the gateway brings receipts, by these settings. No unless an adapter says so.</summary>
    internal virtual bool TakesCallbacks => false;

    /// <summary>Whether it signs them. No unless an adapter says so.</summary>
    internal virtual bool SignsCallbacks => false;

    internal int MostConnections => Connections ?? Math.Min(MaxInFlight, 64);

    /// <summary>Every limit of the contract: <see cref="Rate"/> first, then the others as written, then
    /// the gateway's own.</summary>
    public IEnumerable<LaneLimit> AllLimits =>
        Limits.Concat(OwnLimits.Where(own => !Limits.Exists(limit => (limit.Of, limit.Period) == (own.Of, own.Period))))
            .Prepend(new LaneLimit { Most = Rate, Of = RateUnit, Per = LimitPeriod.Second });

    /// <summary>Limits that the gateway sets to every account, whatever the contract; one written in
    /// <see cref="Limits"/> of the same kind takes its place. None unless an adapter says so.</summary>
    protected virtual IEnumerable<LaneLimit> OwnLimits => [];

    /// <summary>Every value of the section that came from the environment. Kept out of reasons and logs.</summary>
    public IReadOnlyList<string> Secrets { get; internal set; } = [];

    /// <summary>The section as it stands in the installation file, what the environment replaced included; null where
    /// the lane was made in code.</summary>
    internal FileNode? Written { get; set; }

    /// <summary>Every address of the gateway's that the lane calls.</summary>
    protected internal abstract IEnumerable<LaneAddress> Addresses { get; }

    /// <summary>How its gateway is asked what became of messages; null where it is not, or cannot be.</summary>
    protected virtual InquiryOptions? Asking => null;

    /// <summary>What else the adapter's own settings must be to one another. Nothing unless an
    /// adapter says so.</summary>
    protected internal virtual IEnumerable<SettingsFault> OwnFaults() => [];

    IEnumerable<SettingsFault> ICheckedSettings.Check() =>
        LaneLimit.Check(this)
            .Concat(GatewayAddress.Check(this, [.. Addresses]))
            .Concat(Asking is { } inquiry ? InquiryOptions.Check(this, inquiry) : [])
            .Concat(OwnFaults());

    /// <summary>As it is written in the installation file.</summary>
    static string Name(LengthTable table) => JsonNamingPolicy.CamelCase.ConvertName(table.ToString());
}

/// <summary>An address that a lane calls.</summary>
/// <param name="Key">Where it stands in the lane's section.</param>
/// <param name="At">Null: what stands there is none.</param>
public readonly record struct LaneAddress(string Key, Uri? At);
