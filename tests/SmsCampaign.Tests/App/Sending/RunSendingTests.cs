using SmsCampaign.App;
using SmsCampaign.App.Sending;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Sending;

public sealed class RunSendingTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stop_between_planning_and_sending_is_no_fault_and_sends_nothing()
    {
        var prepared = _folder.Prepare(simulated: true);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var sending = new RunSending(
            prepared, _folder.Data, new Terminal(output, errors, Language.English, outputIsTerminal: false));

        Assert.Equal(ExitCode.CouldNot, await sending.SendAsync(new CancellationToken(canceled: true)));

        Assert.Contains("Stopped as asked", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(errors.ToString());
        Assert.Equal(3, SomeRun.Count(_folder.Ledger(simulated: true))[MessageStatus.Planned]);
    }
}
