using System.Net.Sockets;
using SmsCampaign.App.Receiving;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Sending;

/// <summary>Sends a test where no worker runs: as <c>send</c> does, with receipts, until the person has seen what came
/// back.</summary>
sealed class TestRunning(Installation installation, DataFolder data, Terminal terminal)
{
    /// <summary>The caller holds the <see cref="SendingLock"/>.</summary>
    public async Task<int> RunAsync(
        TestDesk desk, TestOrder order, IReadOnlyList<RunKey> tests, TestWatch watch, CancellationToken stopping)
    {
        var clock = new ProcessClock(TimeProvider.System);
        await using var station = Station.Open(data, installation.Lanes, clock);
        var settings = installation.Receipts;
        ReceiptServer server;
        try
        {
            server = await ReceiptServer.StartAsync(
                settings.Listen,
                new ReceiptIntake(
                    station.Receipts.AppendAsync, CallbackGuards.Of(station.Accounts, settings), clock.Time)
                {
                    Places = ReceiptServer.PlacesOf(settings, clock.Time),
                },
                stopping);
        }
        catch (Exception taken) when (taken is IOException or SocketException or UnauthorizedAccessException)
        {
            terminal.SayError(new Wording(
                $"Không mở được địa chỉ nhận biên nhận {settings.Listen} ({FaultWords.Of(taken)}), nên chưa gửi tin "
                    + $"nào. Hãy báo kỹ sư phụ trách: đóng chương trình đang dùng địa chỉ này hoặc sửa "
                    + $"receipts.listen.",
                $"The receipts address {settings.Listen} cannot be opened ({FaultWords.Of(taken)}), so nothing was "
                    + $"sent. Close the program that uses it, or change receipts.listen."));
            return ExitCode.CouldNot;
        }

        await using (server)
        {
            var exit = ExitCode.CouldNot;
            await new LifeSigns(data, "test-send", clock.Time).WhileAsync(async () => exit =
                await station.WithReceiptsAsync(
                    halt => SendAsync(station, desk, order, tests, watch, halt), stopping));
            return exit;
        }
    }

    async Task<int> SendAsync(
        Station station,
        TestDesk desk,
        TestOrder order,
        IReadOnlyList<RunKey> tests,
        TestWatch watch,
        CancellationToken halt)
    {
        var refused = desk.Begin(station, order, tests);
        foreach (var why in refused)
            terminal.SayError(why);
        return refused.Count > 0 ? ExitCode.CouldNot : await watch.RunAsync(tests, isOwn: true, halt);
    }
}
