namespace SmsCampaign.Tests.Architecture;

/// <summary>The rooms of src stand in one line (src/README.md, Rooms in one line), and nothing in one of them
/// uses one behind it.</summary>
[Trait("Category", "Slow")]
public sealed class RoomsTests
{
    static readonly IReadOnlyList<SourceUse> Uses = SourceUses.OfRepository();

    [Fact]
    public void No_room_uses_one_behind_it_in_the_line()
    {
        var back = BackIn(Uses);

        Assert.True(
            back.Count == 0,
            $"a room uses only those before it in the line of src/README.md: {string.Join(" < ", Rooms.Line)}\n"
                + $"{string.Join("\n", back)}");
    }

    [Fact]
    public void Every_room_has_one_place_in_the_line()
    {
        var rooms = Uses.SelectMany(use => new[] { use.From, use.To }).Append("Simulator").ToHashSet();

        Assert.Equal(rooms.Order(), Rooms.Line.Order());
    }

    /// <summary>Whatever way one takes to what stands behind.</summary>
    [Theory]
    [InlineData("using SmsCampaign.Storage;\nnamespace SmsCampaign.Messages;", 1)]
    [InlineData("using static SmsCampaign.Storage.Ledger;\nnamespace SmsCampaign.Messages;", 1)]
    [InlineData("using L = SmsCampaign.Storage.Ledger;\nnamespace SmsCampaign.Messages;", 1)]
    [InlineData("namespace SmsCampaign.Messages;\nclass Number { SmsCampaign.Storage.Ledger? _ledger; }", 2)]
    [InlineData("namespace SmsCampaign.Messages;\nclass Number { global::SmsCampaign.Storage.Ledger? _ledger; }", 2)]
    [InlineData("namespace SmsCampaign.Messages;\nclass Number\n{\n    object Make() => new Storage.Ledger();\n}", 4)]
    [InlineData("namespace SmsCampaign.Messages;\nclass Number { object Make() => nameof(Storage.Ledger); }", 2)]
    [InlineData(
        "namespace SmsCampaign.Messages;\n/// <summary>See <see cref=\"Storage.Ledger\"/>.</summary>\nclass Number;",
        2)]
    [InlineData("namespace SmsCampaign.Messages;\n[Storage.Kept]\nclass Number;", 2)]
    // opened by a project file
    [InlineData("namespace SmsCampaign.Messages;\nclass Number { string Text => 5.ToReport(); }", 2)]
    [InlineData("namespace SmsCampaign.Messages;\nclass Number { Table? _table; }", 2)] // so too
    [InlineData("namespace SmsCampaign.Words;\nclass Sentence { Problem? _problem; }", 2)] // of the namespace around
    [InlineData("namespace SmsCampaign.App.Sending;\nclass Sender { Commands.Send? _send; }", 2)]
    public void An_arrow_back_is_found_with_its_line(string text, int line)
    {
        (string, string)[] files =
        [
            ("src/Here.cs", text),
            (
                "src/Ledger.cs",
                "namespace SmsCampaign.Storage; public class Ledger; public class KeptAttribute : System.Attribute;"),
            ("src/Table.cs", "namespace SmsCampaign.Reports; public class Table;"),
            ("src/Texts.cs", "namespace SmsCampaign.Reports; public static class Texts { public static string "
                + "ToReport(this int number) => \"\"; }"),
            ("src/Problem.cs", "namespace SmsCampaign; public class Problem;"),
            ("src/Send.cs", "namespace SmsCampaign.App.Commands; public class Send;"),
        ];

        var back = BackIn(SourceUses.Of(files, ["SmsCampaign.Reports"]));

        Assert.NotEmpty(back);
        Assert.All(back, use => Assert.Equal(("src/Here.cs", line), (use.File, use.Line)));
    }

    [Theory]
    [InlineData(
        "using SmsCampaign.Messages;\nnamespace SmsCampaign.Storage;\n"
        + "class Ledger { Number? _number; Problem? _problem; }")]
    [InlineData("namespace SmsCampaign.Messages.Words;\nclass NumberWords { Number? _number; }")]
    // words only
    [InlineData("namespace SmsCampaign.Messages;\nclass Storage { string Ledger => \"SmsCampaign.Storage.Ledger\"; }")]
    public void What_stands_before_may_be_used(string text)
    {
        (string, string)[] files =
        [
            ("src/Here.cs", text),
            ("src/Number.cs", "namespace SmsCampaign.Messages; public class Number;"),
            ("src/Problem.cs", "namespace SmsCampaign; public class Problem;"),
        ];

        Assert.Empty(BackIn(SourceUses.Of(files, [])));
    }

    static List<SourceUse> BackIn(IEnumerable<SourceUse> uses) =>
        [.. uses.Where(use => !Rooms.MayUse(use.From, use.To))];
}
