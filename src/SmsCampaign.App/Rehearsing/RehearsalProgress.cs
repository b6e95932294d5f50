using System.Globalization;
using Spectre.Console;

namespace SmsCampaign.App.Rehearsing;

/// <summary>One line that says how far a rehearsal is, on a screen; nothing elsewhere.</summary>
/// <param name="silent">Whether a script reads the output.</param>
sealed class RehearsalProgress(Terminal terminal, bool silent)
{
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    volatile StepWords? _step;
    volatile RehearsalDay? _day;

    public void Begin(Wording step) => _step = new StepWords(step);

    public void Follow(RehearsalDay day) => _day = day;

    public async Task RunAsync(CancellationToken done)
    {
        if (silent || !terminal.OutputIsTerminal)
            return;

        await AnsiConsole.Status().StartAsync(Line(), async screen =>
        {
            while (!done.IsCancellationRequested)
            {
                await Task.Delay(Step, terminal.Time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                screen.Status(Line());
            }
        });
    }

    string Line()
    {
        if (_day is not { Progress: { Now: { } now } progress } day)
            return Markup.Escape(_step is { Words: var step } ? terminal.Text($"Đang {step}", $"Now {step}") : "…");

        var hour = day.Window.ToLocal(now).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture);
        return Markup.Escape(terminal.Text(
            $"Diễn tập tới {hour}: đã chuyển {Figures.Count(progress.Sent)}/{Figures.Count(progress.Total)} tin",
            $"Rehearsed to {hour}: {Figures.Count(progress.Sent)} of {Figures.Count(progress.Total)} handed over"));
    }

    sealed record StepWords(Wording Words);
}
