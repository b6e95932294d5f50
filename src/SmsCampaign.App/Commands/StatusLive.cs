using SmsCampaign.Alerts.Words;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Words;
using SmsCampaign.Messages;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>What <c>status --watch</c> shows on 80 columns: who sends, what cannot be seen, the last that persons were
/// told, and lane by lane how far and how fast what is under way is.</summary>
sealed class StatusLive(StatusView view, LaneRates rates, Terminal terminal)
{
    const int Gap = 2;

    /// <summary>Columns of a lane's name that are kept where the table would be wider than a screen.</summary>
    const int LeastName = 6;

    /// <summary>In a cell of what is not known.</summary>
    const string Unknown = "–";

    /// <summary>In a cell of what is known once it was looked at again.</summary>
    const string NotYet = "…";

    public void Write()
    {
        new StatusHeadline(view, terminal).WriteWorker();
        foreach (var problem in view.Stopped
            .Select(stop => stop.Unreadable)
            .OfType<Wording>()
            .Concat(view.Problems.Select(problem => problem.What)))
            terminal.SayError(problem);
        WriteAlert();

        var runs = LiveRun.ReadAll(view, rates);
        foreach (var run in runs)
        {
            terminal.Output.WriteLine();
            Write(run);
        }

        if (runs.Any(run => run is { IsUnderWay: true, Lanes.Count: > 0 }))
        {
            terminal.Output.WriteLine();
            var window = Figures.Duration(LaneRates.Window);
            terminal.Say(
                $"Tốc độ: đo trong {window} qua/hợp đồng, mỗi giây, tính như hợp đồng. {NotYet} là đang đo, {Unknown} "
                    + $"là không có hoặc không biết. Mọi giờ là giờ Việt Nam.",
                $"Rate: as measured in the last {window}/contract, a second, counted as the contract does. {NotYet} is "
                    + $"being measured, {Unknown} is none or not known. All times are of Vietnam.");
        }
    }

    /// <summary>Nobody looks for what to tell where no worker runs: then that there is nothing says nothing.</summary>
    void WriteAlert()
    {
        var open = view.Alerts.Where(alert => alert.Raised.IsOpen).ToList();
        if (open.MaxBy(alert => alert.Raised.RaisedAt) is { Raised: var last })
        {
            var (severity, since, count) = (
                AlertWords.Of(last.Alert.Severity), VietnamTime.Moment(last.Alert.Since), Figures.Count(open.Count));
            terminal.Say(
                $"Cảnh báo gần nhất ({count} cái đang còn): {severity}, từ {since}: {NumberMask.In(last.Alert.What)}.",
                $"Last alert (of {count} now): {severity}, since {since}: {NumberMask.In(last.Alert.What)}.");
        }
        else if (view.Worker.IsThere)
        {
            terminal.Say("Không có cảnh báo nào đang còn.", "There are no alerts now.");
        }

        if (view.Alerts.Any(alert => alert.IsUndelivered))
            terminal.SayError(new Wording(
                "Có cảnh báo CHƯA BÁO ĐƯỢC cho người nhận. Xem: sms-campaign status",
                "Some alerts are NOT DELIVERED. See: sms-campaign status"));
    }

    void Write(LiveRun run)
    {
        var overview = run.Overview;
        var (campaign, date) = (overview.Run.Campaign, overview.Run.DateWords);
        var name = new Wording($"{campaign}, ngày {date}", $"{campaign}, {date}");
        if (run.Lanes is not { } lanes || overview.Status is not { } status)
        {
            var why = overview.Damage ?? new Wording(
                $"Không thấy sổ gửi tin {overview.Run.File}.", $"The ledger {overview.Run.File} is not there.");
            terminal.SayError(new Wording(
                $"{name}: KHÔNG XEM ĐƯỢC, không biết lượt này đang ở đâu. {why}",
                $"{name}: can NOT be looked at, where it stands is not known. {why}"));
            return;
        }

        if (overview.Unreadable is { } unreadable)
            terminal.SayError(unreadable);
        var (handed, all) = (status.Lanes.Sum(lane => lane.HandedOver), status.Messages);
        var (done, total, percent) = (
            Figures.Count(handed), Figures.Counted(all, "message"), Figures.Count(all == 0 ? 0 : handed * 100 / all));
        if (!run.IsUnderWay)
        {
            var state = OfficerStateWords.Of(overview);
            terminal.Say(
                $"{name}: {state}; đã chuyển {done}/{total} tin.{WhenOpens(run)}",
                $"{name}: {state}; {done} of {total} handed over.{WhenOpens(run)}");
            return;
        }

        terminal.Say(
            $"{name}: đã chuyển {done}/{total} tin ({percent}%).{WhenOpens(run)}",
            $"{name}: {done} of {total} handed over ({percent}%).{WhenOpens(run)}");
        WriteTable(lanes, run.Opening);
        WriteEnd(run);
        if (!status.Balances)
            terminal.SayError(new Wording(
                "  Sổ gửi tin KHÔNG cân đối. Hãy báo kỹ sư phụ trách.",
                "  The ledger does NOT balance. Tell your engineer."));
    }

    static Wording WhenOpens(LiveRun run)
    {
        if (run.Opening is not { } opening)
            return new Wording("", "");

        var (opens, closes) = (VietnamTime.Expected(opening.Opens), TimeOf(opening.Closes));
        return opening.IsOpen
            ? new Wording($" Khung giờ đóng lúc {closes}.", $" The window closes at {closes}.")
            : new Wording($" Mở lúc {opens}.", $" It opens at {opens}.");
    }

    void WriteTable(IReadOnlyList<LiveLane> lanes, RunOpening? opening)
    {
        List<string> headings =
        [
            terminal.Text("Kênh gửi", "Lane"), terminal.Text("Trạng thái", "State"), terminal.Text("Tốc độ", "Rate"),
            terminal.Text("Đã chuyển", "Sent"), terminal.Text("Biên nhận", "Receipts"),
            terminal.Text("Chưa rõ", "Uncertain"), terminal.Text("Xong lúc", "Done at"),
        ];
        var rows = lanes.Select(lane => CellsOf(lane, opening)).ToList();
        var others = headings.Select((heading, at) => rows.Select(row => row[at].Length).Append(heading.Length).Max())
            .Skip(1)
            .Sum(width => width + Gap);
        var most = Math.Max(WrappedLines.Width - TextTable.Indented - others, LeastName);

        var table = new TextTable(headings) { Left = new HashSet<int> { 1 }, Gap = Gap };
        foreach (var row in rows)
            table.Add([row[0].Length > most ? row[0][..(most - 1)] + "…" : row[0], .. row.Skip(1)]);
        table.Write(terminal.Output);
    }

    List<string> CellsOf(LiveLane lane, RunOpening? opening) =>
    [
        lane.Lane.Name,
        LaneStateWords.Of(lane.State).In(terminal.Language),
        RateOf(lane),
        Count(lane.Lane.HandedOver),
        lane.Lane.Confirmed is { } confirmed ? Count(confirmed) : Unknown,
        Count(lane.Lane.Count(MessageStatus.Uncertain)),
        EndOf(lane, opening),
    ];

    /// <summary>How many messages a request carried is not kept: of such a contract messages are shown, and not of
    /// what.</summary>
    string RateOf(LiveLane lane)
    {
        var unit = lane.Lane.RateUnit;
        var now = lane.Rate is not { } rate ? (lane.IsMoving ? NotYet : Unknown)
            : Rounded(unit == RateUnit.Parts ? rate.Parts : rate.Messages);
        return unit == RateUnit.Requests
            ? $"{now} {RateUnitWords.Counted(RateUnit.Messages).In(terminal.Language)}"
            : $"{now}/{Count(lane.Lane.Rate)}";
    }

    /// <summary>What moves is never shown as standing still.</summary>
    string Rounded(double rate) => rate is > 0 and < 1 ? "<1" : Count((long)Math.Round(rate));

    string EndOf(LiveLane lane, RunOpening? opening)
    {
        if (lane.State == LaneState.AllSent)
            return terminal.Text("xong", "done");
        if (lane.Left is not { } left)
            return lane.IsMoving && lane.Rate is null ? NotYet : Unknown;

        return opening is { } window && left > window.Closes - view.At
            ? terminal.Text($"sau {TimeOf(window.Closes)}", $"after {TimeOf(window.Closes)}")
            : TimeOf(view.At + left);
    }

    void WriteEnd(LiveRun run)
    {
        var lanes = run.Lanes!;
        if (lanes.All(lane => lane.State == LaneState.AllSent))
        {
            terminal.Say("  Đã chuyển hết; đang chờ biên nhận.", "  All is handed over; receipts are waited for.");
            return;
        }

        if (run.Opening is { IsOpen: true } opening && run.LeftAfter(opening.Closes - view.At) is > 0 and var left)
        {
            var (closes, count) = (TimeOf(opening.Closes), Figures.Counted(left, "message"));
            terminal.SayError(new Wording(
                $"  KHÔNG KỊP theo tốc độ đang đo: tới giờ đóng {closes} còn khoảng {count} tin.",
                $"  NOT IN TIME at the rate that is measured: about {count} are left at {closes}."));
        }
        else if (run.Left is { } takes)
        {
            var ends = TimeOf(view.At + takes);
            terminal.Say($"  Dự kiến xong lúc {ends}.", $"  Expected to be done at {ends}.");
        }

        foreach (var lane in lanes.Where(lane => lane.SetRate is not null))
        {
            var (set, contract) = (Figures.Count(lane.SetRate!.Value), Figures.Count(lane.Lane.Rate));
            terminal.Say(
                $"  {lane.Lane.Name}: có người đặt chậm lại {set}, hợp đồng {contract}.",
                $"  {lane.Lane.Name}: a person has slowed it to {set}, contracted {contract}.");
        }

        var unknown = lanes.Where(lane => lane.Left is null).Select(lane => lane.Lane.Name).ToList();
        if (unknown.Count > 0)
        {
            var names = string.Join(", ", unknown);
            terminal.Say($"  Chưa biết bao giờ xong: {names}.", $"  When it is done is not known of: {names}.");
        }
    }

    static string TimeOf(DateTimeOffset at) => Figures.ExpectedTime(TimeZoneInfo.ConvertTime(at, VietnamTime.Zone));

    string Count(long number) => Figures.Count(number).In(terminal.Language);
}
