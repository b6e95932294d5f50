using System.Text.RegularExpressions;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Architecture;

/// <summary>The rooms of src in one line, as src/README.md has it: a room uses those before it,
/// and none behind.</summary>
static partial class Rooms
{
    /// <summary>Types of no further namespace: of the engine, and of the file that starts the program.</summary>
    const string Root = "root";
    const string Start = "Program";

    const string Ours = "SmsCampaign";
    const string Program = "App";

    static readonly string[] Places = ReadLine();

    public static IReadOnlyList<string> Line => Places;

    /// <param name="name">A namespace; empty for the global one.</param>
    /// <returns>Null where it is none of ours.</returns>
    public static string? Of(string name) => name.Split('.') switch
    {
        [""] => Start,
        [Ours] => Root,
        [Ours, Program] => Program,
        [Ours, Program, var part, ..] => $"{Program}.{part}",
        [Ours, var room, ..] => room,
        _ => null,
    };

    /// <summary>Whether both have a place in the line, and the second stands before the first.</summary>
    public static bool MayUse(string from, string to) =>
        Array.IndexOf(Places, to) is var at and >= 0 && at < Array.IndexOf(Places, from);

    static string[] ReadLine()
    {
        var block = Block().Match(File.ReadAllText(Repository.PathOf("src/README.md")).ReplaceLineEndings("\n"));
        return block.Success
            ? block.Groups["line"].Value.Split(['<', '\n', ' '], StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException("no line of rooms in src/README.md");
    }

    [GeneratedRegex(@"^```\n(?<line>Words < [^`]+)```$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
