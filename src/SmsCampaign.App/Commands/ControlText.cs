using SmsCampaign.Office;
using SmsCampaign.Office.Words;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>What persons are told of the orders they give.</summary>
static class ControlText
{
    public static Problem Of(ControlFinding finding) => finding switch
    {
        ControlFinding.NoName => DecisionOptions.NoName,
        ControlFinding.NoReason => DecisionOptions.NoReason,
        _ => new Problem(null, Describe(finding)),
    };

    /// <summary>Who gave an order, since when and why.</summary>
    public static Wording Given(StandingOrder order) =>
        OrderWords.Given(order, order.At is { } at ? VietnamTime.Moment(at) : null);

    /// <summary>Says what came of it at the process that sends.</summary>
    /// <param name="what">What was done, as a sentence.</param>
    /// <param name="then">What follows from it.</param>
    /// <returns>The exit code.</returns>
    public static int Say(Terminal terminal, Wording what, Heeding heeding, Wording then)
    {
        switch (heeding)
        {
            case Heeding.Done(var answer):
                terminal.Say($"{what} {answer} {then}", $"{what} {answer} {then}");
                return ExitCode.Done;
            case Heeding.NobodySends:
                terminal.Say(
                    $"{what} Hiện không có tiến trình nào gửi; lệnh đã ghi vào sổ và có hiệu lực với mọi lần gửi từ "
                        + $"nay. {then}",
                    $"{what} Nobody sends now; it is on record and holds for whoever sends from now on. {then}");
                return ExitCode.Done;
            case Heeding.NotKnown(var why):
                terminal.SayError(new Wording(
                    $"{what} Lệnh đã ghi vào sổ và được thực hiện ngay khi dịch vụ gửi đọc tới, nhưng CHƯA có xác nhận "
                        + $"là đã thực hiện. {why} {then}",
                    $"{what} It is on record and is done as soon as the process that sends looks, but it has NOT yet "
                        + $"said so. {why} {then}"));
                return ExitCode.CouldNot;
            default:
                throw new InvalidOperationException($"not an answer: {heeding}");
        }
    }

    static Wording Describe(ControlFinding finding) => finding switch
    {
        ControlFinding.NothingNamed => new(
            "Cần ghi lượt gửi nào (mã chiến dịch hoặc tệp chiến dịch), hoặc kênh gửi nào (--lane).",
            "Say which run (the campaign's id or file), or which lane (--lane)."),
        ControlFinding.IsSimulated => new(
            "Lượt gửi mô phỏng chỉ dừng được ở cửa sổ đang chạy 'send --simulate': nhấn Ctrl-C ở đó.",
            "A rehearsal is stopped where 'send --simulate' runs: press Ctrl-C there."),
        ControlFinding.IsNotUnderWay(var run, RunState.Planned) => new(
            $"Lượt gửi {run} chưa được phê duyệt nên không gửi gì: không có gì để dừng.",
            $"The run {run} is not approved and sends nothing: there is nothing to stop."),
        ControlFinding.IsNotUnderWay(var run, var state) => IsOver(run, state),
        ControlFinding.NoSuchLane(var lane, var lanes) => NoSuchLane(lane, string.Join(", ", lanes)),
        ControlFinding.NotPaused(var scope, var standing) => new(
            $"{Capital(OrderWords.Scope(scope))} không bị tạm dừng. {Standing(standing)}",
            $"{Capital(OrderWords.Scope(scope))} is not paused. {Standing(standing)}"),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    static Wording IsOver(RunKey run, RunState state)
    {
        var over = OfficerStateWords.Of(new RunFacts(state, true, true, IsPaused: false, null).ToState());
        return new Wording(
            $"Lượt gửi {run} không còn gửi nữa ({over}). Xem bằng 'status'.",
            $"The run {run} sends no more ({over}). See 'status'.");
    }

    /// <summary>With a capital letter, to begin a sentence.</summary>
    public static Wording Capital(Wording words)
    {
        var (vi, en) = words;
        return Both(char.ToUpperInvariant(vi[0]) + vi[1..], char.ToUpperInvariant(en[0]) + en[1..]);
    }

    static Wording NoSuchLane(string lane, string known) => new(
        $"Không có kênh gửi nào tên '{lane}'. Đang có: {known}.", $"No lane is called '{lane}'. There are: {known}.");

    static Wording Standing(IReadOnlyList<StandingOrder> standing) => standing.Count == 0
        ? new("Không có gì đang tạm dừng.", "Nothing is paused.")
        : Wording.Join(" ", [
            new("Đang tạm dừng:", "Paused are:"),
            .. standing.Select(order => new Wording(
                $"{OrderWords.Scope(order)} (gửi tiếp: {OrderWords.WayOn(order)}).",
                $"{OrderWords.Scope(order)} (to go on: {OrderWords.WayOn(order)})."))]);

    static Wording Both(string vi, string en) => new($"{vi}", $"{en}");
}
