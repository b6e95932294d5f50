using SmsCampaign.Conduct;
using SmsCampaign.Office;

namespace SmsCampaign.App.Sending;

/// <summary>Does in <c>send</c> what persons ask from other terminals of what is being sent, and answers.</summary>
sealed class SendHand(Station station)
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
                _hand.Look();
            }
            catch (Exception cannot) when (cannot is not OutOfMemoryException) // whoever asked hears nobody answer
            {
            }

            await Task.Delay(CommandHand.LookEvery, station.Clock.Time, over).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
