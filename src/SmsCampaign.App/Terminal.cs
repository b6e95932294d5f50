using System.Text;

namespace SmsCampaign.App;

/// <summary>Colours of words, by their numbers at a terminal (ECMA-48, SGR).</summary>
enum Tone
{
    Red = 31,
    Green = 32,
    Yellow = 33,
}

/// <summary>
/// Where the program speaks: results to stdout, problems and progress to stderr, in the person's language.
/// </summary>
sealed class Terminal(TextWriter output, TextWriter errors, Language language, bool outputIsTerminal)
{
    // ECMA-48: cursor to the upper left; to the end of the line; to the end of the screen.
    const string Home = "\u001b[H";
    const string EraseLine = "\u001b[K";
    const string EraseRest = "\u001b[J";

    readonly TextWriter _output = PlainWriter.Over(output);
    readonly TextWriter _errors = PlainWriter.Over(errors);

    public TextWriter Output => _output;

    public TextWriter Errors => _errors;

    public Language Language => language;

    /// <summary>Whether stdout is a screen a person watches: then progress may redraw itself.</summary>
    public bool OutputIsTerminal => outputIsTerminal;

    /// <summary>Reads a line that a person types, null at the end of what is typed; null where nobody sits
    /// there.</summary>
    public Func<string?>? Ask { get; init; }

    /// <summary>The clock of whoever looks.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The same, with no line wider than a screen.</summary>
    public Terminal Wrapped() =>
        new(new WrappedLines(output), new WrappedLines(errors), language, outputIsTerminal) { Time = Time, Ask = Ask };

    public static Terminal Standard(Language language)
    {
        // Without a byte-order mark: a script reads the output.
        Console.OutputEncoding = new UTF8Encoding(false);
        return new Terminal(Console.Out, Console.Error, language, !Console.IsOutputRedirected)
        {
            Ask = Console.IsInputRedirected ? null : Console.ReadLine,
        };
    }

    /// <summary>As the person reads it.</summary>
    public string Text(Vietnamese vi, English en) => new Wording(vi, en).In(language);

    public void Say(Vietnamese vi, English en) => Say(new Wording(vi, en));

    public void Say(Wording words) => _output.WriteLine(words.In(language));

    /// <summary>Shows a text in the place of the one before on a screen, else beneath it.</summary>
    public void Redraw(string text)
    {
        var plain = UnseenText.Show(text, keepLines: true);
        output.Write(outputIsTerminal
            ? Home + plain.ReplaceLineEndings(EraseLine + Environment.NewLine) + EraseRest
            : plain + Environment.NewLine);
        output.Flush();
    }

    /// <summary>Writes a line that begins with a word in a colour, where a screen shows it; elsewhere the word stands
    /// there as it is, and so it does where the person asks for no colours (no-color.org).</summary>
    public void SayMarked(Tone tone, string mark, string rest)
    {
        var (begin, end) = outputIsTerminal && WantsColours ? ($"\u001b[1;{(int)tone}m", "\u001b[0m") : ("", "");
        output.WriteLine(
            $"{begin}{UnseenText.Show(mark)}{end}{UnseenText.Show(rest, keepLines: true)}");
    }

    /// <summary>Unset: as the variable NO_COLOR says.</summary>
    public bool WantsColours { get; init; } = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>One line for a script that reads the output.</summary>
    public void SayJson<T>(T value) => _output.WriteLine(JsonLine.Of(value));

    public void SayError(Wording words) => _errors.WriteLine(words.In(language));

    public void Show(Page page) => page.WriteTo(output);

    /// <summary>As <see cref="List"/>, and how many there are.</summary>
    /// <param name="shown">Which are not listed, as they stand elsewhere.</param>
    public bool ListWithTotal(IReadOnlyCollection<Problem> problems, Severity? shown = null)
    {
        var stops = List(problems.Where(problem => problem.Severity != shown));
        if (problems.Count > 0)
            SayError(Problem.Total(problems) + (stops
                ? new Wording(" Hãy sửa các lỗi trên rồi chạy lại.", " Mend the errors above and run this again.")
                : new Wording("", "")));
        return stops;
    }

    /// <summary>Writes every problem, one a line, to stderr.</summary>
    /// <returns>Whether there was an error among them, not only warnings.</returns>
    public bool List(IEnumerable<Problem> problems)
    {
        var stops = false;
        foreach (var problem in problems)
        {
            stops |= problem.Severity == Severity.Error;
            _errors.WriteLine(problem.In(language));
        }

        return stops;
    }
}
