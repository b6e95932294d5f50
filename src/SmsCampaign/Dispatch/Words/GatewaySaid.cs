using System.Text.RegularExpressions;
using SmsCampaign.Messages;

namespace SmsCampaign.Dispatch.Words;

/// <summary>
/// What stands in a lane's hold or stop of what its gateway said: the code as of <see cref="GatewayWords"/>, and behind
/// it the gateway's own words between quotes. Masked, and no longer than a line.
/// </summary>
static partial class GatewaySaid
{
    /// <summary>How a fault of the program's own begins.</summary>
    const string OwnFault = "fault of the program";

    /// <summary>Characters.</summary>
    const int Longest = 120;

    /// <summary>With who said it: what the program found itself is no answer.</summary>
    /// <param name="reason">As of a <see cref="Storage.Registry.LaneStop"/>: what was made of the answer, and behind it
    /// the gateway's own words where it said any.</param>
    public static Wording Beside(string reason)
    {
        var said = Bounded(reason);
        if (said.StartsWith(OwnFault, StringComparison.Ordinal))
            return new Wording($"máy báo: “{said}”", said);
        if (Quoted().Match(said) is { Success: true } both)
            return new Wording(
                $"nhà mạng trả lời: {GatewayWords.Of(both.Groups["what"].Value)}: {both.Groups["words"].Value}", said);

        return IsAnswer(said)
            ? new Wording($"nhà mạng trả lời: {GatewayWords.Of(said)}", said)
            : new Wording($"{GatewayWords.Of(said)}", said);
    }

    /// <returns>Between their quotes; null where there are none.</returns>
    public static string? OwnWordsIn(string reason) =>
        Quoted().Match(Bounded(reason)) is { Success: true } both ? both.Groups["words"].Value : null;

    static string Bounded(string reason)
    {
        var said = UnseenText.Show(NumberMask.In(reason.ReplaceLineEndings(" ").Trim()));
        if (said.Length <= Longest)
            return said;

        var cut = said[..Longest].TrimEnd() + "…";
        return cut.Contains('“', StringComparison.Ordinal) ? cut + "”" : cut;
    }

    /// <summary>A code, a status, or words that are not the program's.</summary>
    static bool IsAnswer(string said) => Code().IsMatch(said) || !GatewayWords.AreKnown(said);

    [GeneratedRegex("^(?<what>.+?): (?<words>“.*”)$")]
    private static partial Regex Quoted();

    [GeneratedRegex("(?:^|: )(?:(?:unknown )?code |HTTP )")]
    private static partial Regex Code();
}
