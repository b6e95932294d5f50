using System.Globalization;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Words;
using SmsCampaign.Reports.Proof;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>A proof for an officer: a table a lane, and what it all comes to.</summary>
sealed class ProofText(Terminal terminal, RunRecord run, RateProof proof)
{
    readonly SendWindow _window = run.ReadSchedule().Window;

    public void Write()
    {
        if (proof.Lanes.Count == 0)
        {
            terminal.SayError(new Wording(
                $"Lượt gửi {run.ToKey()} chưa chuyển tin nào đi, nên chưa có gì để kiểm chứng.",
                $"The run {run.ToKey()} has handed nothing over yet: there is nothing to prove."));
            return;
        }

        terminal.Say(
            $"Kiểm chứng tốc độ của lượt gửi {run.ToKey()}, tính lại từ {proof.Ledgers} sổ gửi tin:",
            $"The rates of the run {run.ToKey()}, recomputed from {Figures.Counted(proof.Ledgers, "ledger")}:");
        foreach (var lane in proof.Lanes)
            WriteLane(lane);

        if (proof.UnknownClocks > 0)
        {
            terminal.Output.WriteLine();
            terminal.Say(
                $"{proof.UnknownClocks} sổ gửi tin của phiên bản trước không ghi đồng hồ của từng lần chạy: "
                    + $"nếu đồng hồ máy bị chỉnh lùi vài giây giữa hai lần chạy thì có thể hiện thành vượt giới hạn.",
                $"{Figures.Counted(proof.UnknownClocks, "ledger")} of a version that did not note each process's "
                    + $"clock: one that was set back by some seconds between two processes may look like a breach.");
        }

        terminal.Output.WriteLine();
        var words = ProofWords.Of(proof);
        if (proof.IsKept)
            terminal.Say($"{words}", $"{words}");
        else
            terminal.SayError(words);
    }

    void WriteLane(LaneProof lane)
    {
        var (messages, parts, requests) = (
            Figures.Counted(lane.Own.Messages, "message"),
            Figures.Counted(lane.Own.Parts, "part"),
            Figures.Counted(lane.Own.Requests, "request"));
        var others = lane.OtherRuns == 0 ? new Wording("", "") : new Wording(
            $", tính cả {lane.OtherRuns} lượt gửi khác qua cùng kênh",
            $", with {Figures.Counted(lane.OtherRuns, "other run")} on the same lane");
        terminal.Output.WriteLine();
        terminal.Say(
            $"{lane.Name}: đã chuyển {messages} tin, {parts} phần trong {requests} yêu cầu{others}",
            $"{lane.Name}: handed over {messages}, {parts} in {requests}{others}");

        var table = new TextTable(
            terminal.Text("Đơn vị", "Counted in"),
            terminal.Text("Nhiều nhất", "Largest"),
            terminal.Text("Hợp đồng", "Contract"),
            terminal.Text("Giữ đúng", "Kept"),
            terminal.Text("Đã dùng", "Used"),
            terminal.Text("Lúc", "When"))
        {
            Left = new HashSet<int> { 5 },
        };
        foreach (var limit in lane.Limits)
        {
            table.Add(
                RateUnitWords.Of(limit.Limit.Of, limit.Limit.Period).In(terminal.Language),
                Count(limit.Most),
                Count(limit.Limit.Most),
                limit.IsKept ? terminal.Text("có", "yes") : terminal.Text("KHÔNG", "NO"),
                limit.Share is { } share ? Percent(share) : "",
                limit.Most > 0 ? When(limit.From, limit.Limit.Period) : "");
        }

        // A period that no contract speaks of is in --json only.
        foreach (var peaks in lane.Peaks.Where(peaks =>
            peaks.Period == LimitPeriod.Second || lane.Limits.Any(limit => limit.Limit.Period == peaks.Period)))
        {
            foreach (var unit in Enum.GetValues<RateUnit>().Where(unit =>
                !lane.Limits.Any(limit => limit.Limit.Of == unit && limit.Limit.Period == peaks.Period)))
            {
                var peak = peaks.Of(unit);
                table.Add(
                    RateUnitWords.Of(unit, peaks.Period).In(terminal.Language),
                    Count(peak.Most),
                    "",
                    "",
                    "",
                    peak.Most > 0 ? When(peak.From, peaks.Period) : "");
            }
        }

        table.Write(terminal.Output);
        WriteWork(lane);
        WriteUnknown(lane);
    }

    void WriteWork(LaneProof lane)
    {
        if (lane.Share is not { } share)
            return;

        var work = Figures.Duration(lane.Work);
        terminal.Say(
            $"  Trong {work} có tin chờ và kênh không bị dừng hay chậm, đã dùng {Percent(share)} hợp đồng.",
            $"  Over {work} with messages waiting and the lane neither held nor slowed, {Percent(share)} "
                + $"of the contract was used.");
    }

    void WriteUnknown(LaneProof lane)
    {
        if (lane.Unknown.Messages == 0)
            return;

        var (messages, parts, flying) = (
            Figures.Counted(lane.Unknown.Messages, "message"),
            Figures.Counted(lane.Unknown.Parts, "part"),
            Figures.Count(lane.Unknown.InFlight));
        terminal.Say(
            $"  {messages} tin ({parts} phần) không rõ chuyển lúc nào, do sự cố cắt ngang hoặc đang chờ trả lời "
                + $"({flying}). Nếu tính tất cả vào lúc bất lợi nhất:",
            $"  {messages} ({parts}) without a known moment: cut off by a crash, or in flight ({flying}). "
                + $"With all of it at the worst one:");
        foreach (var limit in lane.Limits)
        {
            var (unit, most) = (RateUnitWords.Of(limit.Limit.Of, limit.Limit.Period), Figures.Count(limit.AtMost));
            terminal.Say($"    nhiều nhất {most} {unit}", $"    {most} {unit} at most");
        }
    }

    string When(long micros, LimitPeriod period)
    {
        var local = _window.ToLocal(ProcessClock.FromMicros(micros));
        var date = Figures.Date(DateOnly.FromDateTime(local.DateTime));
        return period == LimitPeriod.Day
            ? date.In(terminal.Language)
            : terminal.Text($"{date} {local:HH:mm:ss},{local:fff}", $"{local:HH:mm:ss.ffffff} {date}");
    }

    /// <summary>Cut, not rounded: 97.0 % is never less.</summary>
    string Percent(double share)
    {
        var cut = (Math.Floor(share * 1000) / 10).ToString("0.0", CultureInfo.InvariantCulture);
        return terminal.Language == Language.Vietnamese ? $"{cut.Replace('.', ',')}%" : $"{cut} %";
    }

    string Count(long number) => Figures.Count(number).In(terminal.Language);
}
