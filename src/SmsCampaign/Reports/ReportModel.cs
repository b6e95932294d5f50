using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Words;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Reports.Proof;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Reports;

/// <summary>
/// Everything that a report says but for its rows a message: worked out once, and written as CSV files, as a workbook,
/// as a page and as a letter.
/// </summary>
sealed class ReportModel
{
    readonly List<ReportSheet> _sheets = [];

    /// <param name="proof">Of the run alone; null of one that has something left to send, whose rates are not yet
    /// all.</param>
    /// <param name="unproved">Why it could not be made; null where it was, or need not be.</param>
    public ReportModel(
        RunTables tables,
        RunTallies tallies,
        ReportOptions options,
        ReportResult result,
        RateProof? proof,
        Wording? unproved)
    {
        (Tables, Tallies, Options, Result, Proof, Unproved) = (tables, tallies, options, result, proof, unproved);
        Curve = new CurveSheets(tables, tallies, Language);
        var carriers = new CarrierFiles(tables, tallies, Language);
        var breakdown = new BreakdownFiles(tables, tallies, Language);
        Summary = Add("tong-hop.csv", new("Tổng hợp", "Summary"), file =>
            new SummaryFile(file, tables, tallies, Language).Write(result, options));
        Carriers = Add("theo-nha-mang.csv", new("Theo nhà mạng", "By carrier"), carriers.WritePage);
        Lanes = Add("theo-kenh.csv", new("Theo kênh", "By lane"), carriers.WriteLanes);
        Areas = Add("theo-dia-ban.csv", new("Theo địa bàn", "By area"), breakdown.WriteAreas);
        AreasByCarrier = Add(
            "theo-dia-ban-nha-mang.csv",
            new("Địa bàn và nhà mạng", "By area and carrier"),
            breakdown.WriteAreasByCarrier);
        Segments = Add("theo-nhom-nhan-tin.csv", new("Theo nhóm", "By segment"), breakdown.WriteSegments);
        Failures = Add("loi.csv", new("Lỗi", "Failures"), breakdown.WriteFailures);
        Hours = Add("theo-gio.csv", new("Theo giờ", "By hour"), Curve.WriteHours);
        Steps = Add(null, Curve.StepSeconds < 3_600
            ? new("Theo 5 phút", "By 5 minutes")
            : new("Nhịp gửi", "Pace"), Curve.WriteSteps);
        Exclusions = Add(null, new("Lý do loại trừ", "Reasons for exclusion"), WriteExclusions);
        if (options.Letters.IsAny)
        {
            var holders = new HolderFiles(options.Letters, Language);
            Holders = Add(
                "nha-mang-tu-nhan.csv", new("Nhà mạng tự nhắn", "Carriers that text"), holders.WriteOrders);
            HolderAreas = Add(
                "nha-mang-theo-dia-ban.csv", new("Tự nhắn theo địa bàn", "Carriers by area"), holders.WriteAreas);
        }

        Decisions = Add(null, new("Quyết định", "Decisions"), WriteDecisions);
        Rates = proof is null ? null : Add(null, new("Tốc độ", "Rates"), WriteRates);
    }

    public RunTables Tables { get; }

    public RunTallies Tallies { get; }

    public ReportOptions Options { get; }

    public ReportResult Result { get; }

    public RateProof? Proof { get; }

    /// <summary>Why there is no proof, where it could not be made; else null.</summary>
    public Wording? Unproved { get; }

    public CurveSheets Curve { get; }

    public Language Language => Options.Language;

    /// <summary>In the order in which they are read.</summary>
    public IReadOnlyList<ReportSheet> Sheets => _sheets;

    public ReportSheet Summary { get; }

    public ReportSheet Carriers { get; }

    public ReportSheet Lanes { get; }

    public ReportSheet Areas { get; }

    public ReportSheet AreasByCarrier { get; }

    public ReportSheet Segments { get; }

    public ReportSheet Failures { get; }

    public ReportSheet Hours { get; }

    public ReportSheet Steps { get; }

    public ReportSheet Exclusions { get; }

    /// <summary>Null where no carrier texts itself.</summary>
    public ReportSheet? Holders { get; }

    /// <summary>Likewise.</summary>
    public ReportSheet? HolderAreas { get; }

    public ReportSheet Decisions { get; }

    /// <summary>Null where there is no proof.</summary>
    public ReportSheet? Rates { get; }

    /// <summary>Whether messages may still leave: what is left is planned, or in flight.</summary>
    public bool IsUnderWay => HasLeft(Tallies.Sum());

    /// <summary>What has to be seen before any figure: that nothing of it reached a phone, that it does not add up,
    /// that it is not over.</summary>
    public IReadOnlyList<Wording> Marks
    {
        get
        {
            var marks = new List<Wording>();
            if (SummaryFile.ModeOf(Tables.Run) is var mode && !SummaryFile.IsLive(mode.Vi))
                marks.Add(mode);
            if (!Result.Balance.Holds)
                marks.Add(new Wording(
                    "CÂN ĐỐI SAI: không dùng báo cáo này, hãy báo kỹ sư phụ trách",
                    "DOES NOT BALANCE: do not use this report, tell your engineer"));
            if (Result.Differences.Count > 0)
                marks.Add(new Wording(
                    "SỔ GỬI TIN KHÁC BẢN ĐÃ PHÊ DUYỆT: xem bảng tổng hợp",
                    "THE LEDGER DIFFERS FROM WHAT WAS APPROVED: see the summary"));
            if (FiguresState.Of(Tallies.Sum(), Options.IsOver)?.Mark is { } preliminary)
                marks.Add(preliminary);
            return marks;
        }
    }

    /// <summary>Messages a second that the lanes in use may send together by their contracts; null where one of them
    /// counts requests, or its parts are not known.</summary>
    public double? ContractRate
    {
        get
        {
            var rate = 0.0;
            var lanes = Tallies.ByCarrierAndLane.GroupBy(row => row.Lane).ToList();
            foreach (var lane in lanes)
            {
                var (messages, parts) = (lane.Sum(row => row.Tally.Messages), lane.Sum(row => row.Tally.PartsPlanned));
                var contract = Tables.Lanes[lane.Key];
                if (lane.Key == 0 || contract.RateUnit == RateUnit.Requests || parts == 0)
                    return null;

                rate += contract.RateUnit == RateUnit.Messages
                    ? contract.Rate
                    : contract.Rate * (double)messages / parts;
            }

            return lanes.Count == 0 ? null : rate;
        }
    }

    /// <summary>The same in Vietnamese, for what is Vietnamese whatever language the program speaks.</summary>
    public ReportModel InVietnamese() => Language == Language.Vietnamese
        ? this
        : new ReportModel(Tables, Tallies, Options with { Language = Language.Vietnamese }, Result, Proof, Unproved);

    public static bool HasLeft(Tally tally) => tally[MessageStatus.Planned] + tally[MessageStatus.Submitting] > 0;

    ReportSheet Add(string? file, Wording name, Action<ReportSheet> write)
    {
        var sheet = new ReportSheet(file, name);
        write(sheet);
        _sheets.Add(sheet);
        return sheet;
    }

    void WriteExclusions(ReportSheet file)
    {
        file.Row(In(new("STT", "No.")), In(new("Lý do", "Reason")), In(new("Số dòng", "Rows")));
        foreach (var ((reason, count), row) in Tallies.Exclusions.Select((each, row) => (each, row)))
        {
            file.Number(row + 1);
            file.Text(Enum.IsDefined(reason)
                ? In(ExclusionReasonWords.Of(reason))
                : In(new($"lý do lạ {(int)reason}", $"unknown reason {(int)reason}")));
            file.Number(count);
            file.EndRow();
        }

        file.MarkTotal();
        file.Empty();
        file.Text(In(ReportWords.Total));
        file.Number(Tallies.Exclusions.Sum(each => each.Count));
        file.EndRow();
    }

    void WriteDecisions(ReportSheet file)
    {
        var times = new LocalTimes(Tables.Run.Zone);
        file.Row(
            In(new("Lúc", "At")), In(new("Việc", "What")), In(new("Theo lịch", "Due")), In(new("Lý do", "Reason")),
            In(new("Tài khoản máy tính", "Account")));
        foreach (var decision in Options.Decisions)
        {
            file.Moment(ProcessClock.ToMicros(decision.At), times);
            file.Text(In(DecisionWords.Of(decision.What)));
            file.Moment(decision.What.IsPersons() ? null : ProcessClock.ToMicros(decision.Due), times);
            file.Text(NumberMask.In(In(decision.Reason)));
            file.Text(decision.ByOs);
            file.EndRow();
        }
    }

    /// <summary>The largest that the run itself handed over in any period of a contract.</summary>
    void WriteRates(ReportSheet file)
    {
        var times = new LocalTimes(Tables.Run.Zone);
        file.Row(
            In(new("Kênh gửi", "Lane")), In(new("Đơn vị", "Counted in")), In(new("Nhiều nhất", "Largest")),
            In(new("Hợp đồng", "Contract")), In(new("Giữ đúng", "Kept")), In(new("Bắt đầu lúc", "From")),
            In(new("Nhiều nhất có thể", "Largest there can have been")));
        foreach (var lane in Proof!.Lanes)
        {
            foreach (var limit in lane.Limits)
            {
                file.Text(lane.Name);
                file.Text(In(RateUnitWords.Of(limit.Limit.Of, limit.Limit.Period)));
                file.Number(limit.Most);
                file.Number(limit.Limit.Most);
                file.Text(limit.IsKept ? In(new("có", "yes")) : In(new("KHÔNG", "NO")));
                file.Moment(limit.Most > 0 ? limit.From : null, times);
                file.Number(limit.AtMost);
                file.EndRow();
            }
        }
    }

    string In(Wording words) => words.In(Language);
}
