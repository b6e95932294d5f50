using SmsCampaign.Conduct;
using SmsCampaign.Office;

namespace SmsCampaign.App.Sending;

/// <summary>Does in <c>send</c> what persons ask from other terminals of what is being sent, and answers. What the
/// audit chain does not bear out is refused, and said at this terminal too.</summary>
sealed class SendHand(Station station, Terminal terminal)
{
    readonly CommandHand _hand =
        new(station, $"send, PID {Environment.ProcessId}, {Environment.MachineName}", isSend: true);

    /// <summary>Until it is over. What cannot be read or answered now is looked at again; sending does not wait
    /// for it.</summary>
    public async Task RunAsync(CancellationToken over)
    {
        await Task.Yield();
        while (!over.IsCancellationRequested)
        {
            try
            {
                foreach (var (command, answer) in _hand.Look())
                {
                    if (command.Unvouched is { IsForged: true })
                        terminal.SayError(answer.Words);
                }
            }
            catch (Exception cannot) when (cannot is not OutOfMemoryException) // whoever asked hears nobody answer
            {
            }

            await Task.Delay(CommandHand.LookEvery, station.Clock.Time, over).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
