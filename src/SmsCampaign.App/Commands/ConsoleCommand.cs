using System.CommandLine;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using SmsCampaign.App.Sending;
using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign console [--listen ADDRESS]</summary>
/// <remarks>Reads and prepares: sending stays the worker's, which is another process.</remarks>
sealed class ConsoleCommand
{
    readonly Terminal _terminal;
    readonly Option<string?> _listen;

    ConsoleCommand(Terminal terminal)
    {
        _terminal = terminal;
        _listen = new Option<string?>("--listen")
        {
            Description = terminal.Text(
                "địa chỉ mở trang web (mặc định: console.listen của tệp cấu hình)",
                "where the pages are served (default: console.listen of the installation file)"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var console = new ConsoleCommand(terminal);
        var command = new Command("console", terminal.Text(
            "Mở trang web của chương trình để xem và chuẩn bị; việc gửi vẫn do dịch vụ gửi làm",
            "Serve the web pages, to look and to prepare; sending stays the worker's"))
        {
            console._listen,
        };
        command.SetAction(console.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var stop = new StopRequest(cancellationToken);
        var reading = Installation.Read(SharedOptions.InstallationOf(parsed).ToString());
        if (_terminal.List(reading.Problems) || reading.Installation is not { } installation)
            return ExitCode.InputHasProblems;

        var settings = installation.Console;
        if (parsed.GetValue(_listen) is { } listen)
        {
            settings = new ConsoleSettings
            {
                Listen = listen,
                Address = settings.Address,
                Certificate = settings.Certificate,
                CertificateKey = settings.CertificateKey,
                Campaigns = settings.Campaigns,
            };
        }

        if (_terminal.List(settings.Problems().Select(words => new Problem(null, words))))
            return ExitCode.InputHasProblems;
        if (settings.ListenAt is null)
        {
            _terminal.SayError(new Wording(
                $"Chưa biết mở ở đâu: ghi console.listen trong {installation.File}, hoặc --listen "
                    + $"http://127.0.0.1:8443.",
                $"Where to serve them is not known: write console.listen in {installation.File}, or give --listen "
                    + $"http://127.0.0.1:8443."));
            return ExitCode.InputHasProblems;
        }

        return await ServeAsync(
            ConsolePlaces.Of(
                SharedOptions.FolderOf(parsed),
                SharedOptions.InstallationOf(parsed).FullName,
                settings,
                _terminal.Language)!,
            stop.Token);
    }

    async Task<int> ServeAsync(ConsolePlace place, CancellationToken stop)
    {
        WebApplication web;
        try
        {
            web = await ConsoleServer.CreateAsync(place, _terminal.Time);
            await web.StartAsync(stop);
        }
        catch (Exception cannot) when (cannot is IOException or SocketException or UnauthorizedAccessException
            or CryptographicException && Trouble.Of(cannot, place.Data) is null)
        {
            _terminal.SayError(new Wording(
                $"Không mở được trang web tại {place.Listen} ({FaultWords.Of(cannot)}). Kiểm tra --listen, "
                    + $"console.listen, console.certificate, console.certificateKey.",
                $"The pages cannot be served at {place.Listen}: {cannot.Message} Check --listen, console.listen, "
                    + $"console.certificate, console.certificateKey."));
            return ExitCode.CouldNot;
        }

        await using (web)
        {
            var address = place.PublicAddress ?? new Uri(web.Urls.First());
            _terminal.Say(
                $"Trang web mở tại {address}. Cho người dùng vào bằng 'user add'; nhấn Ctrl-C để dừng. Việc gửi vẫn do "
                    + $"dịch vụ gửi (sms-campaign worker) làm.",
                $"The pages are served at {address}. Let persons in with 'user add'; press Ctrl-C to stop. Sending stays "
                    + $"with 'sms-campaign worker'.");
            await Task.Delay(Timeout.InfiniteTimeSpan, _terminal.Time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await web.StopAsync(CancellationToken.None);
        }

        return ExitCode.Done;
    }
}
