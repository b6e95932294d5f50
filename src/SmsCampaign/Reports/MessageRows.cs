using System.Text;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports;

/// <summary>The tables with a row a message: all of them, and the uncertain again. Alike as CSV and in the
/// workbook.</summary>
/// <param name="inFull">Where numbers stand there in full: for whom; null: masked.</param>
sealed class MessageRows(
    ILongRows all, ILongRows uncertain, RunTables tables, Language language, UnmaskedExport? inFull)
{
    /// <summary>Bytes of the longest number, as it is shown.</summary>
    const int LongestNumber = 20;

    readonly LocalTimes _handed = new(tables.Run.Zone);
    readonly LocalTimes _settled = new(tables.Run.Zone);
    readonly LocalTimes _until = new(tables.Run.Zone);
    readonly Cells _cells = new(all, tables, language);
    readonly Cells _uncertainCells = new(uncertain, tables, language);
    readonly byte[] _for = all.Cell(inFull?.For ?? "");
    long _rows;
    long _uncertainRows;

    /// <summary>By the number of the status; so are the others by theirs.</summary>
    static IEnumerable<string> StatusNames(Language language) =>
        Enum.GetValues<MessageStatus>().Select(status => MessageStatusWords.Of(status).In(language));

    static IEnumerable<string> FailureNames(Language language) =>
        Enum.GetValues<FailureClass>().Select(failure => FailureClassWords.Of(failure).In(language)).Prepend("");

    static IEnumerable<string> RuleNames(Language language) =>
        Enum.GetValues<CarrierRule>().Select(rule => CarrierRuleWords.Of(rule).In(language)).Prepend("");

    static IEnumerable<string> ReasonNames(Language language) =>
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

    /// <summary>The column of the tables with numbers in full alone, their last.</summary>
    public static readonly Wording ForHeading = new("Xuất cho", "Exported for");

    /// <summary>The column that begins with the run's code.</summary>
    public static readonly Wording ReferenceHeading = new("Mã tin", "Reference");

    public static readonly IReadOnlyList<Wording> UncertainHeadings =
    [
        new("STT", "No."), new("Số điện thoại", "Number"), ReferenceHeading, new("Nhà mạng", "Carrier"),
        new("Kênh gửi", "Lane"), new("Giờ chuyển", "Handed over"), new("Lý do", "Reason"),
    ];

    /// <param name="believed">The status as far as the lane is trusted.</param>
    public void Add(MessageScan message, MessageStatus believed)
    {
        Span<byte> number = stackalloc byte[LongestNumber];
        number = number[..WriteNumber(message.Number, number)];
        var code = !message.Settled ? [] : inFull is not null ? message.Code : NumberMask.In(message.Code);
        var lane = tables.Lanes[message.Lane];

        all.Number(++_rows);
        all.Text(number);
        all.Ready(At(_cells.Carriers, message.Carrier));
        all.Ready(At(_cells.Rules, message.Rule));
        all.Ready(_cells.Lanes[message.Lane]);
        all.Ready(At(_cells.Areas, message.Area));
        all.Ready(At(_cells.Segments, message.Segment));
        all.Number(message.Parts);
        if ((uint)believed < _cells.Statuses.Length)
            all.Ready(_cells.Statuses[(int)believed]);
        else
            all.Number((long)believed);
        all.Ready(At(_cells.Failures, message.Failure));
        all.Text(GatewayWords.Code(code, language));
        all.Ready(At(_cells.Reasons, message.Reason));
        all.Moment(_handed, message.HandedMicros);
        all.Moment(_settled, message.Settled ? message.SettledMicros : null);
        all.Moment(_until, lane.LacksReceipt(believed) ? lane.ReceiptsUntil : null);
        all.Ready(At(_cells.Sources, message.Source));
        all.Number(message.Line);
        if (inFull is not null)
            all.Ready(_for);
        all.EndRow();

        if (believed == MessageStatus.Uncertain)
            AddUncertain(message, number, code);
    }

    void AddUncertain(MessageScan message, ReadOnlySpan<byte> number, ReadOnlySpan<byte> code)
    {
        uncertain.Number(++_uncertainRows);
        uncertain.Text(number);
        uncertain.Text(Encoding.UTF8.GetBytes(MessageReference.Of(tables.Run.Code, message.Seq)));
        uncertain.Ready(At(_uncertainCells.Carriers, message.Carrier));
        uncertain.Ready(_uncertainCells.Lanes[message.Lane]);
        uncertain.Moment(_handed, message.HandedMicros);
        uncertain.Text(Encoding.UTF8.GetBytes(
            ReasonWords.Of((Reason)message.Reason, Encoding.UTF8.GetString(code)).In(language)));
        if (inFull is not null)
            uncertain.Ready(_for);
        uncertain.EndRow();
    }

    int WriteNumber(long number, Span<byte> into)
    {
        if (inFull is null || ErasedNumber.Is(number))
            return NumberMask.Write(number, into);

        System.Buffers.Text.Utf8Formatter.TryFormat(number, into, out var length);
        return length;
    }

    /// <summary>Place 0 takes what points to nothing.</summary>
    static byte[] At(byte[][] cells, int at) => (uint)at < cells.Length ? cells[at] : cells[0];

    /// <summary>What the rows repeat, as it stands in one table.</summary>
    sealed class Cells(ILongRows rows, RunTables tables, Language language)
    {
        public byte[][] Carriers { get; } = Make(rows, tables.Carriers);

        public byte[][] Lanes { get; } = Make(rows, tables.Lanes.Select(lane => lane.Name));

        public byte[][] Areas { get; } = Make(rows, tables.Areas.Select(NumberMask.In));

        public byte[][] Segments { get; } = Make(rows, tables.Segments.Select(segment => segment.Name));

        public byte[][] Sources { get; } = Make(rows, tables.Sources);

        public byte[][] Statuses { get; } = Make(rows, StatusNames(language));

        public byte[][] Failures { get; } = Make(rows, FailureNames(language));

        public byte[][] Rules { get; } = Make(rows, RuleNames(language));

        public byte[][] Reasons { get; } = Make(rows, ReasonNames(language));

        static byte[][] Make(ILongRows rows, IEnumerable<string> texts) => [.. texts.Select(rows.Cell)];
    }
}
