using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App;

/// <summary>Tells a person of what is paused.</summary>
static class PausedText
{
    /// <summary>Who paused it, since when and why, and what is to be typed; and what of it cannot be read.</summary>
    /// <param name="indent">Before each line.</param>
    public static void Say(StandingOrder pause, Terminal terminal, string indent = "")
    {
        var (of, way) = (OrderWords.Scope(pause), OrderWords.WayOn(pause));
        var given = OrderWords.Given(pause, pause.At is { } at ? VietnamTime.Moment(at) : null);
        terminal.Say(
            $"{indent}TẠM DỪNG {of} {given}.\n{indent}  Muốn gửi tiếp: {way}",
            $"{indent}PAUSED: {of} {given}.\n{indent}  To go on: {way}");
        if (pause.Unreadable is { } unreadable)
            terminal.SayError(unreadable);
    }
}
