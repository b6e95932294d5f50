using SmsCampaign.Office;
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
        _ => new Problem(null, ControlWords.Of(finding)),
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
            case Heeding.OnlyMarked(var data, IsSending: var isSending):
                var full = ControlWords.OnlyMarked(data);
                terminal.SayError(new Wording($"{what} {full} {then}", $"{what} {full} {then}"));
                return isSending ? ExitCode.CouldNot : ExitCode.Done;
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
}
