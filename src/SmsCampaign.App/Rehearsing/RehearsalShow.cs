using System.Diagnostics;
using SmsCampaign.Office;
using SmsCampaign.Planning;

namespace SmsCampaign.App.Rehearsing;

/// <summary>Rehearses a campaign while a person watches, and says what came of it.</summary>
sealed class RehearsalShow(
    RehearsalDesk desk, PreparationRequest request, Scenario scenario, bool json, Terminal terminal)
{
    public async Task<int> RunAsync(CancellationToken stopping)
    {
        var began = Stopwatch.GetTimestamp();
        using var folder = desk.MakeFolder();
        try
        {
            return await RunAsync(folder, began, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            terminal.SayError(new Wording(
                "Đã dừng diễn tập theo yêu cầu. Không có gì được ghi lại.",
                "The rehearsal was stopped as asked. Nothing of it is kept."));
            return ExitCode.CouldNot;
        }
    }

    async Task<int> RunAsync(RehearsalFolder folder, long began, CancellationToken stopping)
    {
        using var over = new CancellationTokenSource();
        var progress = new RehearsalProgress(terminal, json);
        var showing = progress.RunAsync(over.Token);
        try
        {
            // Threads of their own: time is virtual as long as the pool has nothing to do.
            var preparation = await OnOwnThread(
                () => desk.Prepare(request, folder.Data, progress.Begin, stopping));
            if (preparation.HasErrors || preparation.Run is null)
            {
                await StopShowingAsync();
                terminal.ListWithTotal([.. preparation.Problems]);
                return ExitCode.InputHasProblems;
            }

            var planned = preparation.Planned!;
            var day = new RehearsalDay(
                preparation,
                folder.Data,
                desk.ReportFolderOf(planned),
                scenario,
                RehearsalDay.GatewaysOf(planned, scenario),
                terminal.Language);
            progress.Follow(day);
            var result = await OnOwnThread(() => new Rehearsal(day, folder).Run(stopping));
            await StopShowingAsync();
            terminal.List(preparation.Problems);
            return Say(day, result, Stopwatch.GetElapsedTime(began));
        }
        finally
        {
            await StopShowingAsync();
        }

        async Task StopShowingAsync()
        {
            await over.CancelAsync();
            await showing;
        }
    }

    int Say(RehearsalDay day, RehearsalResult result, TimeSpan took)
    {
        var text = new StringWriter();
        new RehearsalText(day, result, terminal.Language).Write(text);
        if (result.Report is not null)
            File.WriteAllText(Path.Combine(day.ReportFolder, RehearsalText.FileName), text.ToString());

        if (json)
            terminal.SayJson(RehearsalJson.Of(day, result, took, terminal.Language));
        else
            Show(text.ToString(), day, result, took);

        if (result.Unwritable is { } why)
            return RunReporting.SayUnwritable(terminal, day.ReportFolder, why);
        return result.IsGood ? ExitCode.Done : ExitCode.CouldNot;
    }

    void Show(string text, RehearsalDay day, RehearsalResult result, TimeSpan took)
    {
        var shown = terminal.Wrapped();
        foreach (var line in text.TrimEnd().Split('\n'))
            shown.Output.WriteLine(line);
        if (result.Report is not null)
            terminal.Say(
                $"Báo cáo diễn tập: {day.ReportFolder}, diễn biến trong {RehearsalText.FileName}.",
                $"The rehearsal's report: {day.ReportFolder}, what happened in {RehearsalText.FileName}.");
        terminal.Say($"Diễn tập mất {Figures.Duration(took)}.", $"The rehearsal took {Figures.Duration(took)}.");
    }

    static Task<T> OnOwnThread<T>(Func<T> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
