using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using SmsCampaign.Files;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers;

/// <summary>What a lane's contract counts in a second.</summary>
public enum RateUnit
{
    [Meaning("Số phần của các tin: tin bốn phần tính là bốn.", "Parts of messages: a text of four parts counts four.")]
    Parts,

    [Meaning("Số tin, dài ngắn như nhau.", "Messages, however long.")]
    Messages,

    [Meaning(
        "Số yêu cầu tới cổng nhắn tin, mỗi yêu cầu có bao nhiêu tin cũng được.",
        "Requests to the gateway, however many messages each carries.")]
    Requests,
}

/// <summary>How far a lane's receipts can be believed. Reports never say "delivered" beyond it. Vietnamese operators
/// often return no handset receipt at all (config/gateways/SOURCES.md, Receipts).</summary>
public enum ReceiptTrust
{
    [Meaning(
        "Không có biên nhận: chỉ biết đến mức nhà mạng đã nhận.",
        "No receipts come: \"accepted\" is the last that is known.")]
    None,

    [Meaning(
        "Biên nhận tốt có nghĩa là cổng nhắn tin đã nhận vào hàng đợi: nhà mạng đã nhận.",
        "A positive receipt means the gateway has queued it: \"accepted\".")]
    Gateway,

    [Meaning(
        "Biên nhận tốt có nghĩa là mạng đã nhận: đã tới mạng.",
        "A positive receipt means the network has taken it: \"sent\".")]
    Network,

    [Meaning(
        "Biên nhận tốt có nghĩa là máy đã nhận: đã tới máy.",
        "A positive receipt means the phone has it: \"delivered\".")]
    Handset,
}

/// <summary>
/// Settings every lane has, whatever its type: one section under "lanes" in config/smscampaign.json. A lane is an
/// account at a gateway.
/// </summary>
[LaneTypes]
public abstract class LaneOptions : ICheckedSettings
{
    /// <summary>Characters of <see cref="AllowPlainHttp"/>.</summary>
    internal const int ShortestReason = 10;

    [Meaning("Loại cổng nhắn tin.", "Which adapter to use.")]
    [Required]
    public string Type { get; set; } = "";

    [Meaning(
        "true: cổng mô phỏng; false: cổng tới máy thật. Diễn tập không dùng được kênh thật, và chiến dịch thật "
            + "không dùng được kênh mô phỏng.",
        "True where the gateway is a stand-in (a simulator), false where it reaches real phones: an exercise "
            + "cannot use a live lane, nor a live campaign a stand-in.")]
    [Required]
    public bool? StandIn { get; set; }

    [Meaning(
        "Các nhà mạng mà kênh phục vụ thuê bao, theo tên trong bảng đầu số. Hai kênh cùng phục vụ một nhà mạng "
            + "thì dùng kênh mà tệp chiến dịch ghi trước.",
        "Carriers whose subscribers the lane serves, by their names in the prefix table. Of two lanes for one "
            + "carrier, the one that the campaign file lists first.")]
    [Required, MinLength(1)]
    public List<string> Carriers { get; set; } = [];

    [Meaning(
        "Các nhà mạng mà kênh được gửi thay kênh của họ: từng số, khi cổng của kênh ấy báo số thuộc mạng khác; "
            + "tất cả, khi kênh ấy đã dừng và tệp chiến dịch cho phép.",
        "Carriers whose subscribers the lane may take over from their own lane: one by one where their gateway "
            + "says that the number is on another network, and all where it has stopped and the campaign file "
            + "allows it.")]
    public List<string> FallbackFor { get; set; } = [];

    [Meaning(
        "Số lượng nhiều nhất (theo rateUnit) trong một giây bất kỳ mà hợp đồng cho phép. Hãy hỏi nhà mạng.",
        "Most rateUnit in any sliding second that the contract allows. Ask the carrier.")]
    [Required, Range(1, 100_000)]
    public int Rate { get; set; }

    [Meaning("rate đếm theo gì.", "What rate counts.")]
    public RateUnit RateUnit { get; set; } = RateUnit.Parts;

    [Meaning(
        "Các giới hạn khác của hợp đồng, giữ cùng lúc với rate, ví dụ số yêu cầu mỗi phút hay số phần mỗi "
            + "ngày: [{ \"most\": 60, \"of\": \"requests\", \"per\": \"minute\" }]. Mỗi cặp of và per một giới "
            + "hạn.",
        "Further limits of the contract, all kept together with rate, such as requests a minute or parts a "
            + "day: [{ \"most\": 60, \"of\": \"requests\", \"per\": \"minute\" }]. One for each of and per.")]
    public List<LaneLimit> Limits { get; set; } = [];

    [Meaning("Múi giờ của các ngày mà limits đếm.", "Time zone whose calendar days limits count.")]
    public string TimeZone { get; set; } = CalendarDay.VietnamZone;

    [Meaning(
        "Số tin nhiều nhất đã ghi là sắp gửi mà chưa có trả lời được ghi lại: một lần chương trình bị ngắt làm "
            + "nhiều nhất bấy nhiêu tin chưa rõ kết quả.",
        "Most messages under an intent and not yet answered and recorded: what one crash can make uncertain.")]
    [Range(1, 10_000)]
    public int MaxInFlight { get; set; } = 32;

    [Meaning(
        "Số yêu cầu nhiều nhất cùng một lúc. Không ghi: số nhỏ hơn trong maxInFlight và 64.",
        "Most calls made at once. Unset: the smaller of maxInFlight and 64.")]
    [Range(1, 1_000)]
    public int? Connections { get; set; }

    [Meaning(
        "Số tin nhiều nhất trong một yêu cầu, nếu cổng nhận danh sách. Kênh http: trên 1 chỉ khi có item.",
        "Most messages in one call, where the adapter can send lists. Of an http lane above 1 only with item.")]
    [Range(1, 1_000)]
    public int MostPerCall { get; set; } = 1;

    [Meaning(
        "Tài khoản có nhận tin có dấu (UCS-2) hay không.",
        "Whether the account takes text with diacritics (UCS-2).")]
    public bool Unicode { get; set; } = true;

    [Meaning(
        "Bảng đếm phần của kênh, cho tin không dấu. Tin đi bằng bộ ký tự khác với bảng (chỉ có à, é hay dấu `) "
            + "làm kế hoạch dừng lại.",
        "How the lane counts parts, of texts without diacritics. A text that goes out in another alphabet than "
            + "the table counts (only à, é and the like, or a backtick) stops the plan.")]
    public LengthTable LengthTable { get; set; } = LengthTable.Standard;

    [Meaning("Số phần nhiều nhất của một tin mà tài khoản nhận.", "Most parts of one message that the account takes.")]
    [Range(1, 10)]
    public int MostParts { get; set; } = 6;

    [Meaning(
        "Biên nhận đáng tin đến mức nào. Báo cáo không nói quá mức này.",
        "How far receipts can be believed. Reports never say more.")]
    [Required]
    public ReceiptTrust? ReceiptTrust { get; set; }

    [Meaning("Chờ biên nhận bao lâu sau khi chuyển tin.", "How long after hand-over a receipt is waited for.")]
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan ReceiptTimeout { get; set; } = TimeSpan.FromHours(72);

    [Meaning(
        "Cách nhận biết biên nhận là của chính cổng nhắn tin. Kênh thật mà cổng gửi biên nhận tới thì phải có, "
            + "trừ khi cổng ký biên nhận. Mọi điều đã ghi đều phải đúng. Biên nhận không đúng được trả lời 401 "
            + "hoặc 403, không được giữ, chỉ được đếm và ghi nhật ký mà không kèm nội dung.",
        "How the gateway shows that a callback is its own. A live lane whose gateway brings receipts must have "
            + "it, unless the gateway signs them. All that is set must hold. A callback that does not hold is "
            + "answered with 401 or 403, not kept, counted, and logged without anything of it.")]
    public CallbackOptions? Callback { get; set; }

    [Meaning(
        "Đơn giá một phần, đồng, chưa có thuế. Thiếu khóa này thì không tính được chi phí.",
        "Price of one part, VND before tax: without it no cost can be shown.")]
    [Required, Range(0, 100_000)]
    public decimal? PricePerPart { get; set; }

    [Meaning(
        "Lý do một địa chỉ của kênh dùng http không có TLS ra ngoài máy này, ít nhất 10 ký tự: nội dung tin, "
            + "số điện thoại và mật khẩu khi ấy có thể bị đọc và sửa trên đường. Không ghi: không được dùng. Vài "
            + "cổng nhắn tin chỉ có http; khi ấy lý do nêu rõ đường truyền được bảo vệ thế nào, ví dụ kênh thuê "
            + "riêng hay VPN.",
        "Why an address of the lane uses http without TLS beyond this machine, at least 10 characters: the "
            + "text of a message, the numbers and the password can then be read and changed on the way. Unset: "
            + "it may not. Several gateways offer nothing else; the reason then says what protects the line, "
            + "such as a leased line or a VPN.")]
    public string? AllowPlainHttp { get; set; }

    [Meaning(
        "Chờ một trả lời lâu nhất. Quá thời gian này tin là chưa rõ kết quả.",
        "Longest wait for one answer. After it the message is uncertain.")]
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

    /// <summary>Whether asking about the account takes of what the contract allows to be sent. Where it limits
    /// requests, unless an adapter says that it always does.</summary>
    internal virtual bool CountsQuestions => AllLimits.Any(limit => limit.Of == RateUnit.Requests);

    /// <summary>Whether its gateway brings receipts that say more than that it took the message.</summary>
    internal bool BringsReceipts =>
        TakesCallbacks && ReceiptTrust is { } trust && trust.Awaits(MessageStatus.Accepted);

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
