using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>What was found before an opening, on a screen of 80 columns: what must be mended first, each with what to
/// do, then what to know, then what is as it must be.</summary>
sealed class ReadyText(Terminal terminal)
{
    /// <summary>The longest word of a light, and a gap.</summary>
    static readonly int Margin =
        Enum.GetValues<ReadyLight>().SelectMany(light => new[] { ReadyWords.Of(light).Vi, ReadyWords.Of(light).En })
            .Max(word => word.Length) + 2;

    public void Write(ReadyResult.Looked looked)
    {
        var at = VietnamTime.Moment(looked.At);
        if (looked.Run is { } run)
            terminal.Say($"Sẵn sàng chưa? {run} (xem lúc {at})", $"Ready? {run} (looked at {at})");
        else
            terminal.Say($"Máy này sẵn sàng chưa? (xem lúc {at})", $"Is this machine ready? (looked at {at})");
        terminal.Say(ReadyWords.Total(looked.Lines));
        terminal.Output.WriteLine();

        foreach (var line in ReadySummary.Of(looked.Lines))
            Write(line);
    }

    void Write(ReadyLine line)
    {
        var title = ReadyWords.TitleOf(line);
        var wrapped = Wrap(new Wording($"{title}: {line.Found}", $"{title}: {line.Found}"));
        terminal.SayMarked(
            ToneOf(line.Light),
            ReadyWords.Of(line.Light).In(terminal.Language),
            wrapped[ReadyWords.Of(line.Light).In(terminal.Language).Length..]);
        if (line.ToDo is { } toDo)
            terminal.Output.WriteLine(Wrap(new Wording($"→ {toDo}", $"→ {toDo}")));
    }

    /// <summary>Set in behind the margin, which the word of the light takes the place of.</summary>
    string Wrap(Wording words)
    {
        using var written = new StringWriter { NewLine = "\n" };
        using var lines = new WrappedLines(written);
        lines.WriteLine(new string(' ', Margin) + words.In(terminal.Language).ReplaceLineEndings(" "));
        return written.ToString().TrimEnd('\n').ReplaceLineEndings();
    }

    static Tone ToneOf(ReadyLight light) => light switch
    {
        ReadyLight.Green => Tone.Green,
        ReadyLight.Amber => Tone.Yellow,
        _ => Tone.Red,
    };
}
