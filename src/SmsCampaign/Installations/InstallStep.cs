namespace SmsCampaign.Installations;

/// <summary>One thing that is done to a machine so that the service runs on it.</summary>
/// <param name="What">What it is for.</param>
/// <param name="Command">The program and its arguments, as an administrator would type them.</param>
/// <param name="IsDone">Whether the machine is so already.</param>
public sealed record InstallStep(Wording What, IReadOnlyList<string> Command, bool IsDone)
{
    /// <summary>The command as one line for a terminal: what has spaces or signs of a shell is quoted.</summary>
    public string Line => string.Join(' ', Command.Select(Quote));

    static string Quote(string word) => word.Length > 0 && word.All(IsPlain)
        ? word
        : word.Contains('\'') || OperatingSystem.IsWindows() ? $"\"{word}\"" : $"'{word}'";

    static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "-_./:=%+,@\\".Contains(letter);
}
