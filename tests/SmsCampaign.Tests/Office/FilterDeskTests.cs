using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

public sealed class FilterDeskTests : IDisposable
{
    const string Campaign = "thu-nghiem";

    static readonly Who Writer = Who.OnTheWeb("Trần Thị B", "b", null);

    readonly TempFolder _folder = new();
    readonly FilterDesk _desk;

    public FilterDeskTests()
    {
        _desk = new FilterDesk(
            new CampaignFolders(_folder.File("campaigns")),
            Repository.PathOf("config/smscampaign.json"),
            new DataFolder(_folder.File("data")),
            TimeProvider.System);
        Write("campaign.yaml", CampaignFolder.Valid);
        Write("tu-choi.csv", "Số điện thoại\n");
        Write("subscribers.csv", List("Ea Bung", "Xã Ea Bung", "Ea Bung", "Buôn Đôn", "buôn  đôn", "Ea Kao", ""));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Values_are_counted_and_those_are_marked_that_the_filter_takes()
    {
        var sight = Look(1);

        Assert.Null(sight.Trouble);
        Assert.Equal((7, 1), (sight.Rows, sight.Column));
        Assert.Equal([1], sight.Filtered);
        Assert.Equal(
            [
                ("Buôn Đôn", 2, true, true),
                ("Ea Bung", 2, true, true),
                ("", 1, false, false),
                ("Ea Kao", 1, false, true),
                ("Xã Ea Bung", 1, true, true),
            ],
            sight.Values.Select(value => (value.Text, (int)value.Rows, value.IsWanted, value.CanBeNamed)));
    }

    [Fact]
    public void What_is_chosen_is_written_into_the_filter_and_what_no_row_has_is_shown_and_kept_by_choice()
    {
        Write("subscribers.csv", List("Ea Bung", "Ea Kao"));
        var sight = Look(1);
        Assert.Equal(["Ea Bung", "Ea Kao", "Buôn Đôn"], sight.Values.Select(value => value.Text));
        Assert.Equal((0, true), ((int)sight.Values[2].Rows, sight.Values[2].IsWanted));

        Assert.IsType<EditResult.Saved>(Save(sight, 1, 0, 1));
        Assert.Contains("filter: { Xã/Phường: [Ea Bung, Ea Kao] }", Text, StringComparison.Ordinal);

        Assert.IsType<EditResult.Unchanged>(Save(Look(1), 1, 0, 1));
    }

    [Fact]
    public void Where_nothing_is_chosen_the_filter_goes_and_by_another_column_one_comes_beside_it()
    {
        Write("campaign.yaml", CampaignFolder.Valid.Replace(
            "filter: { Xã/Phường: [Ea Bung, Buôn Đôn] }",
            "filter:\n      Xã/Phường: [Ea Bung, Buôn Đôn]",
            StringComparison.Ordinal));
        Write("subscribers.csv", List("Ea Bung", "Ea Bung", "Ea Bung")
            .Replace("Họ tên", "Loại", StringComparison.Ordinal)
            .Replace("Người", "trả trước", StringComparison.Ordinal));
        var other = Look(2);
        Assert.Equal(["trả trước"], other.Values.Select(value => value.Text));
        Assert.IsType<EditResult.Saved>(Save(other, 2, 0));
        Assert.Contains("Loại: [trả trước]", Text, StringComparison.Ordinal);
        Assert.Contains("Xã/Phường: [Ea Bung, Buôn Đôn]", Text, StringComparison.Ordinal);

        Assert.IsType<EditResult.Refused>(Save(Look(1), 1)); // nothing chosen is not every row
        Assert.Equal((true, 2), (Look(1).IsFiltered, Look(1).Conditions));
        Assert.IsType<EditResult.Saved>(SaveAll(1));
        Assert.DoesNotContain("Xã/Phường", Text, StringComparison.Ordinal);
        Assert.False(Look(1).IsFiltered);
        Assert.IsType<EditResult.Unchanged>(SaveAll(1));
        Assert.IsType<EditResult.Saved>(SaveAll(2));
        Assert.DoesNotContain("filter", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_persons_is_not_shown_nor_one_of_numbers()
    {
        Write("subscribers.csv", "Số điện thoại,Xã/Phường,Họ tên\n" + string.Concat(Enumerable.Range(0, 2_000).Select(
            at => $"09{at:D8},Ea Bung,Nguyễn {at}\n")));

        Assert.Contains("gần như mỗi dòng một giá trị", TroubleOf(2), StringComparison.Ordinal);
        Assert.Empty(Look(2).Values);
        Assert.Contains("Không lọc theo cột này được", TroubleOf(0), StringComparison.Ordinal);
        Assert.NotNull(Look(9).Trouble);

        Write("subscribers.csv", "Số điện thoại,Xã/Phường,Họ tên\n0980000001,Ea Bung,An\n0980000002,Ea Bung,Bình\n");
        Assert.Empty(Look(2).Values);

        // Of a column of which most rows are alike those that are somebody's stay hidden.
        Write("subscribers.csv", "Số điện thoại,Xã/Phường,Ghi chú\n" + string.Concat(Enumerable.Range(0, 300).Select(
            at => $"09{at:D8},Ea Bung,{(at % 3 == 0 ? $"của {at}" : "")}\n"))
            + string.Concat(Enumerable.Range(300, 3).Select(at => $"09{at:D8},Ea Bung,trả trước\n")));
        Assert.Equal(["", "trả trước"], Look(2).Values.Select(value => value.Text));
        Assert.Equal(100, Look(2).Hidden);
    }

    /// <summary>Ea Bung means Xã Ea Bung too: what is saved takes what was chosen and no more.</summary>
    [Fact]
    public void A_filter_that_would_take_more_than_was_chosen_is_refused()
    {
        Write("subscribers.csv", List("Tân An", "Tân An", "Xã Tân An", "Phường Tân An"));
        var sight = Look(1);
        Assert.Equal("Tân An", sight.Values[0].Text);

        var refused = Assert.IsType<EditResult.Refused>(Save(sight, 1, 0));
        Assert.Contains("“Xã Tân An”", refused.Problems[0].What.In(Language.Vietnamese), StringComparison.Ordinal);

        Assert.IsType<EditResult.Saved>(Save(sight, 1, 0, 1, 2));
        Assert.Contains("Phường Tân An", Text, StringComparison.Ordinal);
    }

    /// <summary>What cannot be shown cannot be unticked either: it stays.</summary>
    [Fact]
    public void A_value_that_is_masked_stays_in_the_filter()
    {
        Write("campaign.yaml", CampaignFolder.Valid.Replace(
            "[Ea Bung, Buôn Đôn]", "[\"Tổ 0912345678\"]", StringComparison.Ordinal));
        Write("subscribers.csv", List("Tổ 0912345678", "Ea Bung"));
        var sight = Look(1);
        var ticked = sight.Values.Select((value, at) => (value, at))
            .Where(each => each.value.Text == "Ea Bung").Select(each => each.at).ToArray();

        Assert.Contains(sight.Values, value => value is { CanBeNamed: false, IsWanted: true });
        Assert.All(sight.Values, value => Assert.DoesNotContain("345678", value.Text, StringComparison.Ordinal));
        Assert.IsType<EditResult.Saved>(Save(sight, 1, ticked));
        Assert.Contains("Tổ 0912345678", Text, StringComparison.Ordinal);
        Assert.Contains("Ea Bung", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_or_a_file_that_changed_meanwhile_changes_nothing()
    {
        var sight = Look(1);
        Write("subscribers.csv", List("Ea Kao", "Ea Kao", "Ea Bung"));
        Assert.IsType<EditResult.Refused>(Save(sight, 1, 0));

        sight = Look(1);
        Write("campaign.yaml", CampaignFolder.Valid.Replace("Tin thử", "Tin khác", StringComparison.Ordinal));
        Assert.IsType<EditResult.Stale>(Save(sight, 1, 0));
        Assert.Contains("[Ea Bung, Buôn Đôn]", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_no_list_or_a_broken_one_it_is_said_and_another_segment_is_not_there()
    {
        Write("subscribers.csv", "không có gì\n");
        Assert.NotNull(Look(1).Trouble);
        File.Delete(PathOf("subscribers.csv"));
        Assert.NotNull(Look(1).Trouble);
        Write("subscribers.csv", "");
        Assert.NotNull(Look(1).Trouble);
        Assert.Null(_desk.Look(Campaign, 2, null, Stop));
        Assert.Null(_desk.Look(Campaign, 0, null, Stop));
        Assert.Null(_desk.Look("khac", 1, null, Stop));
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    string Text => File.ReadAllText(PathOf("campaign.yaml"));

    static string List(params string[] communes) => "Số điện thoại,Xã/Phường,Họ tên\n"
        + string.Concat(communes.Select((commune, at) => $"098000000{at},{commune},Người\n"));

    FilterSight Look(int column) => _desk.Look(Campaign, 1, column, Stop)!;

    string TroubleOf(int column) => Look(column).Trouble!.Value.In(Language.Vietnamese);

    EditResult Save(FilterSight sight, int column, params int[] chosen) => Save(sight, column, chosen, isAll: false);

    EditResult SaveAll(int column) => Save(Look(column), column, [], isAll: true);

    EditResult Save(FilterSight sight, int column, int[] chosen, bool isAll) => _desk.Save(
        Writer,
        Campaign,
        new SeenFile(sight.Lists.Edited.Hash, sight.Lists.Edited.IsApproved),
        sight.Lists.Stamp,
        1,
        column,
        chosen,
        isAll,
        Stop);

    string PathOf(string name) => _folder.File($"campaigns/{Campaign}/{name}");

    void Write(string name, string text) => _folder.Write($"campaigns/{Campaign}/{name}", text);
}
