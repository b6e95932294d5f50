namespace SmsCampaign.Tests.Architecture;

/// <summary>
/// A verb parses, asks a desk of Office and prints: of the rooms that keep, plan, send and report it names only
/// values (records, enums, structs, exceptions) and words. What does something there is Office's to call, so that a
/// web page decides by the same.
/// </summary>
[Trait("Category", "Slow")]
public sealed class VerbsTests
{
    const string Verbs = "App.Commands";

    /// <summary>Neither opens anything: where the files lie, and how a moment of a ledger is read.</summary>
    static readonly string[] Values = ["DataFolder", "ProcessClock"];

    static readonly string[] Closed = ["Storage", "Dispatch", "Planning", "Receipts", "Reports", "Conduct"];

    static readonly IReadOnlyList<SourceUse> Uses = SourceUses.OfRepository();

    [Fact]
    public void A_verb_names_only_values_of_the_rooms_that_do_the_work()
    {
        var found = DoersIn(Uses);

        Assert.True(found.Count == 0, $"ask a desk of SmsCampaign/Office instead:\n{string.Join("\n", found)}");
    }

    /// <summary>A room that is not in the line any more would be open.</summary>
    [Fact]
    public void The_closed_rooms_are_in_the_line() => Assert.All(Closed, room => Assert.Contains(room, Rooms.Line));

    [Theory]
    [InlineData(
        "namespace SmsCampaign.App.Commands; class Verb { object Do() => new SmsCampaign.Storage.Registry(); }", true)]
    [InlineData(
        "using SmsCampaign.Storage;\nnamespace SmsCampaign.App.Commands; class Verb { void Do() => Backup.Take(); }",
        true)]
    [InlineData("namespace SmsCampaign.App.Commands; class Verb { void Do() => 5.Keep(); }", true)] // an extension
    [InlineData("namespace SmsCampaign.App.Commands; class Verb { SmsCampaign.Storage.IKept? _kept; }", true)]
    [InlineData(
        "using SmsCampaign.Storage;\nnamespace SmsCampaign.App.Commands; class Verb { Row? _row; State _state; Broken? "
            + "_broken; string Word => _state.ToWord(); }",
        false)]
    [InlineData("namespace SmsCampaign.App.Commands; class Verb { SmsCampaign.Storage.DataFolder? _folder; }", false)]
    [InlineData(
        "namespace SmsCampaign.App.Worker; class Service { object Do() => new SmsCampaign.Storage.Registry(); }",
        false)]
    public void What_does_something_is_told_from_what_is_said(string text, bool isFound)
    {
        (string, string)[] files =
        [
            ("src/Here.cs", text),
            ("src/Storage.cs", """
                namespace SmsCampaign.Storage;
                public class Registry;
                public class DataFolder;
                public interface IKept;
                public static class Backup { public static void Take() { } }
                public static class States { public static string ToWord(this State state) => ""; }
                public static class Keeping { public static void Keep(this int number) { } }
                public record Row;
                public enum State { On }
                public class Broken : System.Exception;
                """),
        ];

        Assert.Equal(isFound, DoersIn(SourceUses.Of(files, ["SmsCampaign.Storage"])).Count > 0);
    }

    static List<SourceUse> DoersIn(IEnumerable<SourceUse> uses) => [.. uses.Where(use =>
        use is { From: Verbs, IsOfDoer: true } && Closed.Contains(use.To) && !Values.Contains(use.What))];
}
