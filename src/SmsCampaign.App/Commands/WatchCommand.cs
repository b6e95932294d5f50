using System.CommandLine;
using SmsCampaign.App.Sending;
using SmsCampaign.Office;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign watch --url URL [--after SECONDS]</summary>
sealed class WatchCommand
{
    /// <summary>Seconds for which the worker must not answer, unless said otherwise.</summary>
    const int DefaultAfter = 60;

    readonly Terminal _terminal;
    readonly DataFolder _data;
    string _said = "";
    Wording? _saidUnkept;

    WatchCommand(Terminal terminal, DataFolder data) => (_terminal, _data) = (terminal, data);

    public static Command Create(Terminal terminal)
    {
        var url = new Option<string>("--url")
        {
            Description = terminal.Text(
                "địa chỉ mà dịch vụ gửi trả lời khi còn sống, như http://10.0.0.5:8090/healthz",
                "what the worker answers while it lives, such as http://10.0.0.5:8090/healthz"),
            Required = true,
        };
        var after = new Option<int>("--after")
        {
            Description = terminal.Text(
                "không trả lời bao nhiêu giây thì báo, 10 đến 3600",
                "seconds without an answer after which persons are told, 10 to 3600"),
            DefaultValueFactory = _ => DefaultAfter,
        };
        after.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && (!int.TryParse(token.Value, out var seconds) || seconds is < 10 or > 3600))
                result.AddError(terminal.Text(
                    "--after cần một số giây từ 10 đến 3600.", "--after takes a number of seconds from 10 to 3600."));
        });
        url.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && FindUrl(token.Value) is null)
                result.AddError(terminal.Text(
                    "--url cần địa chỉ http hoặc https đầy đủ, như http://10.0.0.5:8090/healthz.",
                    "--url takes a full http or https address, such as http://10.0.0.5:8090/healthz."));
        });
        var command = new Command("watch", terminal.Text(
            "Chạy trên máy khác để giám sát dịch vụ gửi: không trả lời thì báo những người trong 'alerts', trả lời lại "
                + "thì báo đã hết",
            "Runs on another machine and watches the worker: tells whom 'alerts' names where it does not answer, and "
                + "when it does again"))
        {
            url, after,
        };
        command.SetAction((parsed, cancellationToken) => new WatchCommand(
            terminal, SharedOptions.FolderOf(parsed)).RunAsync(
            SharedOptions.InstallationOf(parsed).ToString(),
            FindUrl(parsed.GetRequiredValue(url))!,
            TimeSpan.FromSeconds(parsed.GetValue(after)),
            cancellationToken));
        return command;
    }

    async Task<int> RunAsync(string installationFile, Uri url, TimeSpan after, CancellationToken cancellationToken)
    {
        using var stop = new StopRequest(cancellationToken);
        switch (new WatchDesk(_data, installationFile, _terminal.Time).Begin(url, after))
        {
            case WatchStart.Misread misread:
                _terminal.List(misread.Problems);
                return ExitCode.InputHasProblems;
            case WatchStart.Nobody:
                _terminal.SayError(AlertCommand.NobodyNamed);
                return ExitCode.CouldNot;
            case WatchStart.Taken taken:
                _terminal.SayError(new Wording(
                    $"Một cửa sổ khác đang giám sát với thư mục {taken.Folder}. Không chạy thêm.",
                    $"Another process watches with the folder {taken.Folder}; one is enough."));
                return ExitCode.CouldNot;
            case WatchStart.Begun begun:
                using (begun.Watch)
                {
                    _terminal.List(begun.Problems);
                    return await WatchAsync(begun.Watch, url, stop.Token);
                }

            default:
                throw new InvalidOperationException("not a way to begin to watch");
        }
    }

    async Task<int> WatchAsync(WorkerWatch watch, Uri url, CancellationToken stopping)
    {
        _terminal.Say(
            $"Đang giám sát {url}; nhấn Ctrl-C để thôi.", $"Watching {url}; press Ctrl-C to end.");
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Say(await watch.LookAsync(stopping));
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception thrown) when (Trouble.Of(thrown, _data) is { } trouble)
            {
                _terminal.SayError(trouble); // it may be over at the next look
            }

            await Task.Delay(WorkerWatch.Every, _terminal.Time, stopping).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }

        return ExitCode.Done;
    }

    /// <summary>Each change is said once.</summary>
    void Say(WatchLook look)
    {
        var at = VietnamTime.Moment(_terminal.Time.GetUtcNow());
        var state = look.Trouble is { } trouble
            ? new Wording($"dịch vụ gửi KHÔNG trả lời: {trouble}.", $"the worker does NOT answer: {trouble}.")
            : new Wording("dịch vụ gửi trả lời.", "the worker answers.");
        if (state.En != _said)
            _terminal.Say($"{at}: {state}", $"{at}: {state}");
        _said = state.En;
        if (look.Unkept is { } unkept && unkept != _saidUnkept)
            _terminal.SayError(new Wording(
                $"{at}: KHÔNG ghi được thư mục của lệnh giám sát (vẫn giám sát và vẫn báo): {unkept}",
                $"{at}: the watch's own folder can NOT be written (it watches and tells all the same): {unkept}"));
        _saidUnkept = look.Unkept;
        foreach (var delivery in look.Deliveries)
        {
            var what = delivery.Trouble is { } why
                ? new Wording($"CHƯA báo được {delivery.Receiver}: {why}", $"NOT told {delivery.Receiver}: {why}")
                : new Wording($"đã báo {delivery.Receiver}", $"told {delivery.Receiver}");
            _terminal.Say($"{at}: {what}.", $"{at}: {what}.");
        }
    }

    static Uri? FindUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
