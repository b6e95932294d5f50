using System.CommandLine;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using SmsCampaign.App.Sending;
using SmsCampaign.App.Worker;
using SmsCampaign.Installations;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign console [--listen ADDRESS] [--demo]</summary>
/// <remarks>Reads and prepares: sending stays the worker's, which is another process.</remarks>
sealed class ConsoleCommand
{
    readonly Terminal _terminal;
    readonly Option<string?> _listen;
    readonly Option<bool> _demo;

    ConsoleCommand(Terminal terminal)
    {
        _terminal = terminal;
        _listen = new Option<string?>("--listen")
        {
            HelpName = terminal.Text("địa chỉ", "address"),
            Description = terminal.Text(
                "địa chỉ mở trang web (mặc định: console.listen của tệp cấu hình)",
                "where the pages are served (default: console.listen of the installation file)"),
        };
        _demo = new Option<bool>("--demo")
        {
            Description = terminal.Text(
                "trình diễn trên máy này: ngày gửi của chiến dịch mẫu qua nhà mạng mô phỏng; không tin nào tới điện "
                    + "thoại",
                "a demonstration on this machine: the sample's day with stand-in carriers; nothing reaches a phone"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var console = new ConsoleCommand(terminal);
        var command = new Command("console", terminal.Text(
            "Mở trang web của chương trình để xem và chuẩn bị; việc gửi vẫn do dịch vụ gửi làm",
            "Serve the web pages, to look and to prepare; sending stays the worker's"))
        {
            console._listen, console._demo,
        };
        command.SetAction(console.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var stop = new StopRequest(cancellationToken);
        if (parsed.GetValue(_demo))
            return await ShowAsync(parsed, stop.Token);

        var reading = Installation.Read(SharedOptions.InstallationOf(parsed).ToString());
        if (_terminal.List(reading.Problems) || reading.Installation is not { } installation)
            return ExitCode.InputHasProblems;

        var settings = installation.Console;
        if (parsed.GetValue(_listen) is { } listen)
            settings = settings.At(listen);

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
            installation.Management.Logs,
            stop.Token);
    }

    async Task<int> ShowAsync(ParseResult parsed, CancellationToken stop)
    {
        if (!Uri.TryCreate(parsed.GetValue(_listen) ?? "http://127.0.0.1:0", UriKind.Absolute, out var listen)
            || listen.Scheme != "http"
            || !ConsoleSettings.IsOfThisMachine(listen))
        {
            _terminal.SayError(new Wording(
                "Trình diễn chỉ mở trong máy này: bỏ --listen, hoặc ghi như http://127.0.0.1:8443.",
                "A demonstration is for this machine alone: leave --listen out, or give one as "
                    + "http://127.0.0.1:8443."));
            return ExitCode.InputHasProblems;
        }

        _terminal.Say("Đang chuẩn bị…", "Getting ready …");
        var problems = new List<Wording>();
        await using var day = await DemonstrationDay.BeginAsync(
            SharedOptions.InstallationOf(parsed).FullName, listen, _terminal.Language, problems, stop);
        foreach (var problem in problems)
            _terminal.SayError(problem);
        if (day is null)
            return ExitCode.CouldNot;

        _terminal.Say(
            $"Mở liên kết này trong trình duyệt web (vào được một lần, không cần mật khẩu):\n{day.Entry}\nĐồng hồ của "
                + $"buổi trình diễn bắt đầu lúc 07:59 ngày 30/07/2025; tin gửi qua nhà mạng mô phỏng, không tới điện "
                + $"thoại nào. Nhấn Ctrl-C để kết thúc; mọi thứ của buổi trình diễn được xóa.",
            $"Open this link in a browser (it lets in once, without a password):\n{day.Entry}\nIts clock begins at "
                + $"07:59 on 30 July 2025; messages go to stand-in carriers and to no phone. Press Ctrl-C to end it; "
                + $"all of it is removed.");
        await Task.Delay(Timeout.InfiniteTimeSpan, _terminal.Time, stop)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Done;
    }

    async Task<int> ServeAsync(ConsolePlace place, LogForm form, CancellationToken stop)
    {
        await using var log = WorkerLog.AddAlone(form, _terminal.Time);
        WebApplication web;
        try
        {
            web = await ConsoleServer.CreateAsync(place, _terminal.Time, WorkerLog.ForPages(log));
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
                $"The pages are served at {address}. Let persons in with 'user add'; press Ctrl-C to stop. Sending "
                    + $"stays with 'sms-campaign worker'.");
            await Task.Delay(Timeout.InfiniteTimeSpan, _terminal.Time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await web.StopAsync(CancellationToken.None);
        }

        return ExitCode.Done;
    }
}
