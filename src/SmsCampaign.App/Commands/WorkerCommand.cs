using System.CommandLine;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.WindowsServices;
using SmsCampaign.App.Sending;
using SmsCampaign.App.Worker;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign worker</summary>
static class WorkerCommand
{
    static readonly TimeSpan HearsOfIt = TimeSpan.FromSeconds(1);

    public static Command Create(Terminal terminal)
    {
        var command = new Command("worker", terminal.Text(
            "Dịch vụ chạy không cần người: gửi các chiến dịch đã phê duyệt vào đúng ngày giờ, "
                + "nhận biên nhận, ghi báo cáo",
            "The unattended service: sends approved campaigns on their dates, takes receipts, writes reports"));

        command.SetAction((parsed, cancellationToken) => RunAsync(
            SharedOptions.InstallationOf(parsed).ToString(),
            SharedOptions.FolderOf(parsed),
            terminal,
            cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(
        string installationFile, DataFolder data, Terminal terminal, CancellationToken cancellationToken)
    {
        // From the first moment: the host itself listens only once it has started.
        using var stop = new StopRequest(cancellationToken);
        var reading = Installation.Read(installationFile);
        if (terminal.List(reading.Problems) || reading.Installation is not { } installation)
            return ExitCode.InputHasProblems;

        var last = new LastAlert(data, installation.Alerts, TimeProvider.System);
        try
        {
            return await RunAsync(data, installation, terminal, last, stop.Token);
        }
        catch (Exception thrown) when (Trouble.Of(thrown, data) is not null)
        {
            await TellAsync(last, thrown, terminal);
            throw;
        }
    }

    static async Task<int> RunAsync(
        DataFolder data, Installation installation, Terminal terminal, LastAlert last, CancellationToken stop)
    {
        using var turn = new SendingTurn(data, simulated: false);
        if (!turn.TryTake())
        {
            var holder = turn.DescribeHolder();
            terminal.SayError(new Wording(
                $"Dịch vụ gửi hoặc một cửa sổ khác đang gửi từ {data.Root} ({holder}). "
                    + $"Không chạy thêm; xem bằng 'status'.",
                $"Another process is sending with the data in {data.Root} ({holder}). Only one process a data folder "
                    + $"may send; stop the other first."));
            return ExitCode.CouldNot;
        }

        await using var host = WorkerHost.Create(data, installation, TimeProvider.System, terminal.Language);
        try
        {
            await host.StartAsync(stop);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Asked to stop while it was starting: what is half started fails in its own way, and nothing was sent.
            await host.StopAsync(CancellationToken.None);
            return ExitCode.Done;
        }
        catch (Exception failed) when (WorkerHost.NameFile(failed, data) is { } named)
        {
            throw named;
        }
        catch (Exception taken) when (
            taken is IOException or SocketException or UnauthorizedAccessException && Trouble.Of(taken, data) is null)
        {
            terminal.SayError(new Wording(
                $"Không mở được địa chỉ nhận biên nhận {installation.Receipts.Listen} ({FaultWords.Of(taken)}). "
                    + $"Hãy sửa receipts.listen trong {installation.File}.",
                $"Cannot listen for receipts at {installation.Receipts.Listen}: {taken.Message} Change "
                    + $"receipts.listen in {installation.File}."));
            await host.StopAsync(CancellationToken.None);
            return ExitCode.CouldNot;
        }

        terminal.Say(
            $"Dịch vụ gửi đang chạy: dữ liệu ở {data.Root}, nhận biên nhận tại {host.Urls.First()}. "
                + $"Xem tiến độ bằng 'status'; nhấn Ctrl-C để dừng.",
            $"The worker runs: data in {data.Root}, receipts at {host.Urls.First()}. "
                + $"Look at its progress with 'status'; press Ctrl-C to stop.");
        var exit = await EndAsync(host, terminal, HearsOfIt, stop);
        if (FindBroken(host) is { } broken)
            await TellAsync(last, broken, terminal);
        return exit;
    }

    /// <summary>The queue of alerts lies in the folder that cannot be used: persons are told past it.</summary>
    static async Task TellAsync(LastAlert last, Exception broken, Terminal terminal)
    {
        foreach (var delivery in await last.TellAsync(broken))
        {
            terminal.SayError(delivery.Trouble is { } trouble
                ? new Wording(
                    $"Không báo được cho {delivery.Receiver}: {trouble}.",
                    $"{delivery.Receiver} could not be told: {trouble}.")
                : new Wording($"Đã báo cho {delivery.Receiver}.", $"{delivery.Receiver} was told."));
        }
    }

    static Exception? FindBroken(IHost host) => host.Services.GetServices<IHostedService>()
        .OfType<VitalService>()
        .Select(service => service.Broken)
        .FirstOrDefault(broken => broken is not null);


    /// <summary>Waits until it has stopped. Whoever watches over the process starts it again where nobody asked for
    /// that.</summary>
    /// <param name="hearsOfIt">How long a signal may take from the host, which may hear of it first, to here.</param>
    internal static async Task<int> EndAsync(
        IHost host, Terminal terminal, TimeSpan hearsOfIt, CancellationToken stop)
    {
        await host.WaitForShutdownAsync(stop);
        if (FindBroken(host) is not null)
            return ExitCode.CouldNot; // which it has logged
        if (await IsAskedAsync(hearsOfIt, stop))
            return ExitCode.Done;

        terminal.SayError(new Wording(
            "Dịch vụ gửi đã dừng dù không ai yêu cầu. Hãy báo kỹ sư phụ trách xem nhật ký và khởi động lại; việc đang "
                + "dở được làm tiếp khi khởi động.",
            "The worker has ended though nobody asked it to. Have your engineer look at the log and start it again; "
                + "it goes on from where it was."));
        return ExitCode.CouldNot;
    }

    static async Task<bool> IsAskedAsync(TimeSpan hearsOfIt, CancellationToken stop)
    {
        if (OperatingSystem.IsWindows() && WindowsServiceHelpers.IsWindowsService())
            return true; // it hears of it by no signal

        await Task.Delay(hearsOfIt, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return stop.IsCancellationRequested;
    }
}
