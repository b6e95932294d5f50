using System.CommandLine;

namespace SmsCampaign.App.Commands;

/// <summary>Asks whoever sits there before something is erased for good: by words that are typed, so that nobody
/// presses a key without reading.</summary>
sealed class Confirmation(Terminal terminal)
{
    readonly Option<bool> _yes = new("--yes")
    {
        Description = terminal.Text("không hỏi lại", "do not ask again"),
    };

    public void AddTo(Command command) => command.Options.Add(_yes);

    /// <param name="question">Says what is erased, and what to type.</param>
    /// <param name="expected">What is to be typed.</param>
    /// <returns>False where it is not to be done, which is said.</returns>
    public bool IsGiven(ParseResult parsed, Wording question, string expected)
    {
        if (parsed.GetValue(_yes))
            return true;

        if (terminal.Ask is not { } ask)
        {
            terminal.SayError(new Wording(
                "Ở đây không hỏi lại được: thêm --yes để xóa.", "Nobody can be asked here: add --yes to erase it."));
            return false;
        }

        terminal.Say(question);
        if (ask()?.Trim() == expected)
            return true;

        terminal.Say("Chưa xóa gì.", "Nothing was erased.");
        return false;
    }
}
