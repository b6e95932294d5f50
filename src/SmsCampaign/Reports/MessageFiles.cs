using System.Text;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports;

/// <summary>
/// The files with a row a message: chi-tiet.csv with all of them, chua-ro.csv with the uncertain.
/// </summary>
sealed class MessageFiles : IDisposable
{
    readonly Language _language;
    readonly bool _unmasked;
    readonly LocalTimes _handed;
    readonly LocalTimes _settled;
    readonly RunTables _tables;
    readonly byte[][] _receiptsUntil;
    readonly CsvBytes _all;
    readonly CsvBytes _uncertain;
    readonly byte[][] _carriers;
    readonly byte[][] _lanes;
    readonly byte[][] _areas;
    readonly byte[][] _segments;
    readonly byte[][] _sources;
    readonly byte[][] _statuses;
    readonly byte[][] _failures;
    readonly byte[][] _rules;
    readonly byte[][] _reasons;
    readonly string _code;
    long _rows;
    long _uncertainRows;

    public MessageFiles(ReportFolder report, RunTables tables, Language language, bool unmasked)
    {
        _language = language;
        _tables = tables;
        _unmasked = unmasked;
        _handed = new LocalTimes(tables.Run.Zone);
        _settled = new LocalTimes(tables.Run.Zone);
        _code = tables.Run.Code;
        _carriers = Cells(tables.Carriers);
        _lanes = Cells(tables.Lanes.Select(lane => lane.Name));
        _receiptsUntil = Cells(
            tables.Lanes.Select(lane => lane.ReceiptsUntil is { } until ? _settled.Text(until) : ""));
        _areas = Cells(tables.Areas.Select(NumberMask.In));
        _segments = Cells(tables.Segments.Select(segment => segment.Name));
        _sources = Cells(tables.Sources);
        _statuses = Cells(Statuses(language));
        _failures = Cells(FailureNames(language));
        _rules = Cells(Rules(language));
        _reasons = Cells(Reasons(language));

        _all = report.Create("chi-tiet.csv");
        _all.Row(AllHeadings.Select(heading => heading.In(language)));
        _uncertain = report.Create("chua-ro.csv");
        _uncertain.Row(UncertainHeadings.Select(heading => heading.In(language)));
    }

    /// <summary>By the number of the status; so are the others by theirs.</summary>
    public static IEnumerable<string> Statuses(Language language) =>
        Enum.GetValues<MessageStatus>().Select(status => MessageStatusWords.Of(status).In(language));

    public static IEnumerable<string> FailureNames(Language language) =>
        Enum.GetValues<FailureClass>().Select(failure => FailureClassWords.Of(failure).In(language)).Prepend("");

    public static IEnumerable<string> Rules(Language language) =>
        Enum.GetValues<CarrierRule>().Select(rule => CarrierRuleWords.Of(rule).In(language)).Prepend("");

    public static IEnumerable<string> Reasons(Language language) =>
        Enumerable.Range(0, (int)Enum.GetValues<Reason>().Max() + 1).Select(
            reason => ReasonWords.OfStored(reason).In(language));

    public static readonly IReadOnlyList<Wording> AllHeadings =
    [
        new("STT", "No."), new("Số điện thoại", "Number"), new("Nhà mạng", "Carrier"),
        new("Căn cứ xác định nhà mạng", "Rule that decided the carrier"), new("Kênh gửi", "Lane"),
        new("Xã/phường", "Commune"),
        new("Nhóm nhận tin", "Segment"),
        new("Số bản tin quy đổi", "Parts"),
        new("Trạng thái", "Status"),
        new("Nhóm nguyên nhân", "Failure"),
        new("Mã kết quả", "Carrier's code"),
        new("Lý do", "Reason"),
        new("Giờ chuyển", "Handed over"),
        new("Giờ cập nhật", "Status since"),
        new("Hạn chờ biên nhận cuối", "Last receipt awaited until"),
        new("Tệp nguồn", "Source file"),
        new("Dòng", "Line"),
    ];

    public static readonly IReadOnlyList<Wording> UncertainHeadings =
    [
        new("STT", "No."), new("Số điện thoại", "Number"), new("Mã tin", "Reference"), new("Nhà mạng", "Carrier"),
        new("Kênh gửi", "Lane"), new("Giờ chuyển", "Handed over"), new("Lý do", "Reason"),
    ];

    /// <param name="believed">The status as far as the lane is trusted.</param>
    public void Add(MessageScan message, MessageStatus believed)
    {
        Span<byte> number = stackalloc byte[20];
        number = number[..WriteNumber(message.Number, number)];
        var code = !message.Settled ? [] : _unmasked ? message.Code : NumberMask.In(message.Code);

        _all.Number(++_rows);
        _all.Ready(number);
        _all.Ready(At(_carriers, message.Carrier));
        _all.Ready(At(_rules, message.Rule));
        _all.Ready(_lanes[message.Lane]);
        _all.Ready(At(_areas, message.Area));
        _all.Ready(At(_segments, message.Segment));
        _all.Number(message.Parts);
        if ((uint)believed < _statuses.Length)
            _all.Ready(_statuses[(int)believed]);
        else
            _all.Number((long)believed);
        _all.Ready(At(_failures, message.Failure));
        _all.Text(GatewayWords.Code(code, _language));
        _all.Ready(At(_reasons, message.Reason));
        WriteTime(_all, _handed, message.HandedMicros);
        WriteTime(_all, _settled, message.Settled ? message.SettledMicros : null);
        if (_tables.Lanes[message.Lane].LacksReceipt(believed))
            _all.Ready(_receiptsUntil[message.Lane]);
        else
            _all.Empty();
        _all.Ready(At(_sources, message.Source));
        _all.Number(message.Line);
        _all.EndRow();

        if (believed == MessageStatus.Uncertain)
            AddUncertain(message, number, code);
    }

    public void Dispose()
    {
        _all.Dispose();
        _uncertain.Dispose();
    }

    void AddUncertain(MessageScan message, ReadOnlySpan<byte> number, ReadOnlySpan<byte> code)
    {
        _uncertain.Number(++_uncertainRows);
        _uncertain.Ready(number);
        _uncertain.Text(MessageReference.Of(_code, message.Seq));
        _uncertain.Ready(At(_carriers, message.Carrier));
        _uncertain.Ready(_lanes[message.Lane]);
        WriteTime(_uncertain, _handed, message.HandedMicros);
        _uncertain.Text(ReasonWords.Of((Reason)message.Reason, Encoding.UTF8.GetString(code)).In(_language));
        _uncertain.EndRow();
    }

    int WriteNumber(long number, Span<byte> into)
    {
        if (!_unmasked || ErasedNumber.Is(number))
            return NumberMask.Write(number, into);

        System.Buffers.Text.Utf8Formatter.TryFormat(number, into, out var length);
        return length;
    }

    static void WriteTime(CsvBytes file, LocalTimes times, long? micros)
    {
        if (micros is { } moment)
            file.Ready(times.Utf8(moment));
        else
            file.Empty();
    }

    /// <summary>Place 0 takes what points to nothing.</summary>
    static byte[] At(byte[][] cells, int at) => (uint)at < cells.Length ? cells[at] : cells[0];

    static byte[][] Cells(IEnumerable<string> texts) => [.. texts.Select(CsvBytes.Cell)];
}
