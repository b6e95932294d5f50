using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Words;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;
using Spectre.Console;

namespace SmsCampaign.App.Sending;

/// <summary>
/// Shows how far each lane is while a run is sent: a table that redraws itself on a screen, plain lines elsewhere.
/// </summary>
sealed class SendProgress(IRunView ledger, Terminal terminal, TimeProvider time)
{
    static readonly TimeSpan ScreenStep = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan LineStep = TimeSpan.FromSeconds(5);

    /// <summary>Stretch of time over which the rate shown is taken.</summary>
    static readonly TimeSpan RateOver = TimeSpan.FromSeconds(5);

    readonly Queue<(long At, IReadOnlyDictionary<int, long> Cost)> _history = new();

    /// <summary>Shows progress until it is cancelled, and the last figures then.</summary>
    public async Task RunAsync(CancellationToken done)
    {
        if (terminal.OutputIsTerminal)
            await DrawAsync(done);
        else
            await WriteLinesAsync(done);
    }

    async Task DrawAsync(CancellationToken done)
    {
        await AnsiConsole.Live(Draw()).StartAsync(async live =>
        {
            while (!done.IsCancellationRequested)
            {
                await Task.Delay(ScreenStep, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                live.UpdateTarget(Draw());
            }
        });
    }

    async Task WriteLinesAsync(CancellationToken done)
    {
        // What the first lines' rate is taken from.
        ReadLanes();

        while (!done.IsCancellationRequested)
        {
            await Task.Delay(LineStep, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            foreach (var lane in ReadLanes())
            {
                terminal.Say(
                    $"{lane.Name}: đã chuyển {Of(lane.Handed)}/{Of(lane.Total)}, {Of(lane.Rate)}/{Of(lane.Contract)} "
                        + $"{Unit(lane)}/giây, tới máy: {Delivered(lane)}; thất bại: {Of(lane.Failed)}; chưa rõ: "
                        + $"{Of(lane.Uncertain)}; {Left(lane)}",
                    $"{lane.Name}: handed over {Of(lane.Handed)}/{Of(lane.Total)}, {Of(lane.Rate)}/{Of(lane.Contract)} "
                        + $"{Unit(lane)}/s, delivered {Delivered(lane)}, failed {Of(lane.Failed)}, uncertain "
                        + $"{Of(lane.Uncertain)}, {Left(lane)}");
            }
        }
    }

    Table Draw()
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var (vi, en) in new[]
        {
            ("Kênh gửi", "Lane"), ("Đã chuyển", "Handed over"), ("Tốc độ / hợp đồng", "Rate / contract"),
            ("Đã tới máy", "Delivered"), ("Thất bại", "Failed"), ("Chưa rõ", "Uncertain"),
            ("Thời gian còn", "Time left"),
        })
        {
            // On a narrow screen (60 columns) the figures are wrapped between words, and a lane's name never.
            var names = vi == "Kênh gửi";
            table.AddColumn(new TableColumn(terminal.Text(vi, en))
            {
                Alignment = names ? Justify.Left : Justify.Right,
                NoWrap = names,
                Padding = new Padding(1, 0, 0, 0),
            });
        }

        foreach (var lane in ReadLanes())
        {
            table.AddRow(
                Markup.Escape(lane.Name),
                $"{Of(lane.Handed)} / {Of(lane.Total)}",
                $"{Of(lane.Rate)} / {Of(lane.Contract)} {Unit(lane)} /s",
                Delivered(lane),
                Of(lane.Failed),
                Of(lane.Uncertain),
                Left(lane));
        }

        return table;
    }

    List<LaneFigures> ReadLanes()
    {
        var counters = ledger.Counters;
        var now = time.GetTimestamp();
        _history.Enqueue((now, ledger.Info.Lanes.Keys.ToDictionary(lane => lane, counters.CostHandedOver)));
        while (_history.Count > 2 && time.GetElapsedTime(_history.Peek().At, now) > RateOver)
            _history.Dequeue();

        var (since, before) = _history.Peek();
        var seconds = Math.Max(0.001, time.GetElapsedTime(since, now).TotalSeconds);

        return [.. ledger.Info.Lanes.Values.Select(lane =>
        {
            var waiting = counters.Of(lane.Id, MessageStatus.Planned) + counters.Of(lane.Id, MessageStatus.Submitting);
            var total = counters.Total(lane.Id);
            return new LaneFigures(
                lane.Name,
                total - waiting - counters.Of(lane.Id, MessageStatus.Leftover),
                total,
                waiting,
                _history.Count < 2
                    ? 0
                    : (long)Math.Round((counters.CostHandedOver(lane.Id) - before[lane.Id]) / seconds),
                lane.Rate,
                lane.RateUnit,
                lane.ReceiptTrust,
                counters.CostHandedOver(lane.Id) / Math.Max(1.0, counters.MessagesHandedOver(lane.Id)),
                counters.Of(lane.Id, MessageStatus.Delivered),
                counters.Of(lane.Id, MessageStatus.Failed),
                counters.Of(lane.Id, MessageStatus.Uncertain));
        })];
    }

    string Left(LaneFigures lane)
    {
        if (lane.Waiting == 0)
            return terminal.Text("chuyển xong", "all handed over");
        if (lane.Rate == 0 || lane.CostEach == 0)
            return terminal.Text("đang chờ", "waiting");

        var left = TimeSpan.FromSeconds(Math.Ceiling(lane.Waiting * lane.CostEach / lane.Rate));
        var words = Figures.Duration(left);
        return terminal.Text($"còn {words}", $"{words} left");
    }

    /// <summary>Nothing is said of phones where the lane's receipts do not reach that far: a 0 would
    /// look like a failure.</summary>
    string Delivered(LaneFigures lane) =>
        lane.Trust == ReceiptTrust.Handset ? Of(lane.Delivered) : terminal.Text("không xác nhận", "not confirmed");

    string Of(long count) => Figures.Count(count).In(terminal.Language);

    string Unit(LaneFigures lane) => RateUnitWords.Counted(lane.Unit).In(terminal.Language);

    /// <param name="Waiting">Not handed over yet.</param>
    /// <param name="Rate">Over the last seconds, as the contract counts.</param>
    /// <param name="CostEach">What a message costs as the contract counts.</param>
    sealed record LaneFigures(
        string Name,
        long Handed,
        long Total,
        long Waiting,
        long Rate,
        int Contract,
        RateUnit Unit,
        ReceiptTrust Trust,
        double CostEach,
        long Delivered,
        long Failed,
        long Uncertain);
}
