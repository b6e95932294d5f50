using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Files;
using SmsCampaign.Files.Yaml;

namespace SmsCampaign.Office;

/// <summary>Which lists a campaign file names, that need not be whole yet.</summary>
static class ListUses
{
    public const string Suppression = "suppression";

    const string Segments = "segments";

    /// <param name="roots">Where they may lie.</param>
    public static IReadOnlyList<ListUse> Read(EditedFile edited, FileRoots roots)
    {
        if (edited.Text is null || YamlEditor.Read(edited.Text) is not { } root)
            return [];

        var folder = Path.GetDirectoryName(edited.File)!;
        var uses = root.ItemsOf(Segments)
            .Select((item, at) => (Item: item, Place: $"{Segments}[{at + 1}]"))
            .Where(each => each.Item.Kind == NodeKind.Map && each.Item.FindMember("heldBy") is null)
            .Select(each => ReadSegment(each.Item, each.Place))
            .ToList();
        var suppressions = root.ItemsOf(Suppression)
            .Select((item, at) => (Item: item, At: at + 1))
            .Where(each => WordsOf(each.Item) is not null)
            .Select(each => ReadSuppression(each.Item, each.At))
            .ToList();
        return
        [
            .. uses
                .GroupBy(use => use.Path is { } path ? string.Join('\n', [path, .. use.Sheets]) : use.Id)
                .Select(same => same.First() with
                {
                    Segments = [.. same.SelectMany(use => use.Segments)],
                    Places = [.. same.SelectMany(use => use.Places)],
                }),
            .. suppressions,
        ];

        ListUse ReadSegment(FileNode item, string place)
        {
            var problems = new ProblemList(edited.File);
            var read = WordsOf(item.Find("file")) is null
                ? null
                : new SegmentsReader(problems, folder, roots: roots).ReadUnfinished(item, place);
            return new ListUse(
                "nhom-" + place[(Segments.Length + 1)..^1],
                [WordsOf(item.Find("name")) ?? place],
                read is null ? WordsOf(item.Find("file")) : AudienceImport.Show(read.File, folder),
                read?.File,
                problems.InOrder())
            {
                Places = [place],
                Read = read,
            };
        }

        ListUse ReadSuppression(FileNode item, int at)
        {
            var problems = new ProblemList(edited.File);
            var path = new SegmentsReader(problems, folder, roots: roots)
                .ReadUnfinishedSuppression(item, $"{Suppression}[{at}]");
            return new ListUse(
                string.Create(CultureInfo.InvariantCulture, $"tu-choi-{at}"),
                [],
                path is null ? WordsOf(item) : AudienceImport.Show(path, folder),
                path,
                problems.InOrder())
            {
                Places = [$"{Suppression}[{at}]"],
            };
        }
    }

    /// <returns>Null where nothing is said, or <c>new</c> left a question.</returns>
    public static string? WordsOf(FileNode? node) =>
        node is { IsScalar: true, IsNothing: false } && node.Text.Trim().Composed() is { Length: > 0 } words
            && words != OpenQuestions.Mark
            ? words
            : null;
}
