using System.Text.RegularExpressions;
using SmsCampaign.Campaigns;
using SmsCampaign.Files;
using SmsCampaign.Files.Yaml;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Files.Yaml;

/// <summary>Values of a campaign file replaced where they stand: what was there beside them stays.</summary>
public sealed partial class YamlEditorTests
{
    static readonly string[] Values =
    [
        "Giá trị mới", "có: dấu hai chấm", "thăng # ở giữa", "#111", "- gạch", "'nháy đơn'", "\"nháy kép\" \\ chéo",
        "null", "2025", "[a, b]", "{ a: b }", "30/7/2025", "08:00", "& @ ` % !", "a\u00A0b", "“cong”", "x  y", "*",
        "Mua bán người là tội phạm có tổ chức - Hãy chấm dứt sự bóc lột. Thấy dấu hiệu mua bán người, hãy gọi 111 "
            + "hoặc báo Công an nơi gần nhất, để được tư vấn",
    ];

    public static TheoryData<string> Samples =>
        [.. Directory.EnumerateFiles(Repository.PathOf("samples"), "campaign.yaml", SearchOption.AllDirectories)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_value_of_every_sample_is_replaced_in_its_place_and_all_comments_stay(string sample)
    {
        foreach (var text in new[] { File.ReadAllText(sample), File.ReadAllText(sample).ReplaceLineEndings("\r\n") })
        {
            var root = YamlEditor.Read(text)!;
            var keys = Scalars(root, "").ToList();
            Assert.True(keys.Count > 25);
            foreach (var ((path, node), nth) in keys.Select((key, nth) => (key, nth)))
            {
                // Each value is tried with several keys, and each key with several values.
                foreach (var value in Enumerable.Range(nth * 3, 5).Select(at => Values[at % Values.Length]))
                {
                    var edit = Apply(text, new YamlChange(path, value));

                    Assert.True(edit.Text is not null, $"{path}: {value}");
                    Assert.Equal(value, YamlWriter.Find(
                        YamlEditor.Read(edit.Text)!, new YamlChange(path, null).Steps)!.Text.TrimEnd('\n'));
                    Assert.Equal(CommentsOf(text), CommentsOf(edit.Text));
                    Assert.Equal(LinesBeside(text, node), LinesBeside(text, node).Intersect(LinesOf(edit.Text)));
                    Assert.Equal(text.Contains("\r\n"), edit.Text.Contains("\r\n"));
                    Assert.DoesNotMatch(LoneEnd(text), edit.Text);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_list_is_replaced_and_a_key_that_was_not_there_is_put_in_its_place(string sample)
    {
        var text = File.ReadAllText(sample);

        var listed = Apply(
            text, new YamlChange("lanes", null, ["viettel", "a, b"]), new YamlChange("directive.number", "12/UBND-NC"));

        Assert.NotNull(listed.Text);
        Assert.Equal(CommentsOf(text), CommentsOf(listed.Text));
        Assert.Contains("\"a, b\"", listed.Text, StringComparison.Ordinal);
        var root = YamlEditor.Read(listed.Text)!;
        Assert.Equal("12/UBND-NC", root.Map("directive")!.Words("number"));
        Assert.Equal("issuer", root.Map("directive")!.Members[0].Name);
        Assert.Equal("number", root.Map("directive")!.Members[1].Name);
    }

    [Fact]
    public void A_comment_behind_a_value_keeps_its_column_and_its_text()
    {
        var edit = Apply("id: a\nsender: CHINH PHU                 # tối đa 11\nmode: live\n",
            new YamlChange("sender", "SKHCN"));

        Assert.Equal("id: a\nsender: SKHCN                     # tối đa 11\nmode: live\n", edit.Text);
    }

    [Fact]
    public void A_text_behind_a_fold_mark_stays_folded()
    {
        var edit = Apply(
            "id: a\ndirective:\n  text: >-   # nguyên văn\n    Một hai\n    ba\n\n  # sau\n  reportTo: x\n",
            new YamlChange("directive.text", "Bốn năm sáu"));

        Assert.Equal(
            "id: a\ndirective:\n  text: >-   # nguyên văn\n    Bốn năm sáu\n\n  # sau\n  reportTo: x\n", edit.Text);
    }

    [Fact]
    public void Several_lines_stay_lines()
    {
        var edit = Apply(
            "id: a\ndirective:\n  text: |-\n    Một\n    Hai\n  reportTo: x\n",
            new YamlChange("directive.text", "Một\nBa\nBốn"));

        Assert.Equal("id: a\ndirective:\n  text: |-\n    Một\n    Ba\n    Bốn\n  reportTo: x\n", edit.Text);
    }

    [Fact]
    public void A_key_that_goes_leaves_the_comment_behind_it()
    {
        var edit = Apply(
            "id: a\ndirective:\n  issuer: x\n  item: \"7\"    # mục\n  reportTo: y\n",
            new YamlChange("directive.item", null));

        Assert.Equal("id: a\ndirective:\n  issuer: x\n  # mục\n  reportTo: y\n", edit.Text);
    }

    [Fact]
    public void A_group_that_was_not_there_is_put_in_and_goes_with_its_last_key()
    {
        const string text = "id: a\ntitle: b\n";

        var put = Apply(text, new YamlChange("limits.messages", "5000", IsNumber: true));
        Assert.Equal("id: a\ntitle: b\nlimits:\n  messages: 5000\n", put.Text);

        var more = Apply(put.Text!, new YamlChange("limits.costVnd", "1", IsNumber: true));
        Assert.Equal("id: a\ntitle: b\nlimits:\n  messages: 5000\n  costVnd: 1\n", more.Text);

        var less = Apply(more.Text!, new YamlChange("limits.messages", null), new YamlChange("limits.costVnd", null));
        Assert.Equal(text, less.Text);
    }

    [Fact]
    public void Between_braces_a_value_stays_on_its_line()
    {
        const string text = "id: a\nschedule:\n  window: { from: \"08:00\", to: \"20:00\" }   # giờ\n";

        Assert.Equal(
            text.Replace("08:00", "07:30", StringComparison.Ordinal),
            Apply(text, new YamlChange("schedule.window.from", "07:30")).Text);
        Assert.Equal(
            "id: a\nlimits: { messages: 5, costVnd: 7 }\n",
            Apply("id: a\nlimits: { messages: 5 }\n", new YamlChange("limits.costVnd", "7", IsNumber: true)).Text);
    }

    [Fact]
    public void Items_on_lines_of_their_own_that_stay_keep_their_line()
    {
        var edit = Apply(
            "id: a\nlanes:\n  - viettel   # chính\n  - gmobile\n# sau\nx: y\n",
            new YamlChange("lanes", null, ["mobifone", "viettel"]));

        Assert.Equal("id: a\nlanes:\n  - mobifone\n  - viettel   # chính\n# sau\nx: y\n", edit.Text);
    }

    [Theory]
    [InlineData("lanes:\n  - viettel\n  # giữa\n  - gmobile\n", "lanes")]
    [InlineData("lanes: [\n  viettel, # một\n  gmobile ]\n", "lanes")]
    public void Where_a_comment_would_be_lost_nothing_is_changed_and_it_says_where(string list, string path)
    {
        var edit = Apply("id: a\n" + list, new YamlChange(path, null, ["mobifone"]));

        Assert.Null(edit.Text);
        Assert.Equal((path, true), (edit.Path, edit.Line is 2 or 3));
    }

    [Fact]
    public void A_question_goes_with_its_answer_and_every_other_comment_stays()
    {
        const string text = "id: a\n# Văn bản.\ndirective:\n  # Văn bản, dòng 3: “x”\n"
            + "  # HỎI: số văn bản,\n  # như 1/UB.\n  number: HỎI\n  # khác\n  item: \"7\"\n";

        var edit = Apply(text, new YamlChange("directive.number", "12/UBND"));

        Assert.Equal(
            "id: a\n# Văn bản.\ndirective:\n  # Văn bản, dòng 3: “x”\n  number: 12/UBND\n  # khác\n  item: \"7\"\n",
            edit.Text);
    }

    [Fact]
    public void A_file_that_yaml_cannot_read_is_not_changed() =>
        Assert.Null(Apply("id: a\n\tx: [\n", new YamlChange("id", "b")).Text);

    static YamlEdit Apply(string text, params YamlChange[] changes) =>
        YamlEditor.Apply(text, changes, CampaignKeys.Root, OpenQuestions.Mark);

    static IEnumerable<(string Path, FileNode Node)> Scalars(FileNode node, string path) => node.IsScalar
        ? [(path, node)]
        : node.Members.SelectMany(member => Scalars(
                member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}"))
            .Concat(node.Items.SelectMany((item, at) => Scalars(item, $"{path}[{at + 1}]")));

    /// <summary>What stands behind a # outside quotation marks; a line of a text that has one is none.</summary>
    static List<string> CommentsOf(string text) =>
        [.. LinesOf(text)
            .Where(line => !Values.Contains(line.Trim()))
            .Select(line => Comment().Match(Quoted().Replace(line, "")))
            .Where(match => match.Success)
            .Select(match => match.Value.Trim())];

    static string[] LinesOf(string text) => text.ReplaceLineEndings("\n").Split('\n');

    static IEnumerable<string> LinesBeside(string text, FileNode node)
    {
        var (first, last) = (node.Where.Line!.Value, node.Where.Line.Value + node.Written.TrimEnd().Count('\n'));
        return LinesOf(text).Where((_, at) => at + 1 < first || at + 1 > last).Distinct();
    }

    static Regex LoneEnd(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? Lone() : Never();

    [GeneratedRegex("""(?<=:\s+|\[|,\s*)(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?:^|\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<!\r)\n")]
    private static partial Regex Lone();

    [GeneratedRegex("(?!)")]
    private static partial Regex Never();
}
