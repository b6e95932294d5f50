using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Messages;

public sealed class CarrierDeciderTests : IDisposable
{
    static readonly PhoneNumber OfVinaPhone = new(84912345678);

    readonly TempFolder _folder = new();
    readonly List<Problem> _problems = [];

    [Theory]
    [InlineData("", "", "vinaphone", CarrierRule.Prefix)]
    [InlineData("", "Mobi", "mobifone", CarrierRule.FileColumn)]
    [InlineData("0912345678,viettel", "", "viettel", CarrierRule.PortedList)]
    [InlineData("0912345678,viettel", "Mobi", "viettel", CarrierRule.PortedList)]
    [InlineData("0912345679,viettel", "Mobi", "mobifone", CarrierRule.FileColumn)] // another number
    [InlineData("", "Vodafone", "vinaphone", CarrierRule.Prefix)] // a name of no carrier decides nothing
    public void The_ported_list_comes_before_the_column_and_the_column_before_the_prefix(
        string ported, string column, string expected, CarrierRule rule)
    {
        var decider = new CarrierDecider(Numbering.Prefixes, Load(ported));

        var decision = decider.Decide(OfVinaPhone, column);

        Assert.Equal(expected, Numbering.Prefixes.Carriers[decision.Carrier]);
        Assert.Equal(rule, decision.Rule);
    }

    [Fact]
    public void A_name_of_no_carrier_is_told()
    {
        var decider = new CarrierDecider(Numbering.Prefixes, PortedList.Empty);

        Assert.True(decider.Decide(OfVinaPhone, "Vodafone").Misnamed);
        Assert.False(decider.Decide(OfVinaPhone, " ").Misnamed);
    }

    [Fact]
    public void A_number_of_no_carrier_has_no_rule()
    {
        var decider = new CarrierDecider(Numbering.Prefixes, PortedList.Empty);

        Assert.Equal(new CarrierDecision(-1, null, false), decider.Decide(new PhoneNumber(84951234567)));
    }

    [Fact]
    public void Several_lists_are_one_and_any_spelling_will_do()
    {
        var list = Load("+84 912 345 678,VIETTEL", "0987654321,Vina\n987654321,VNPT\n01681234567,Mobi");

        Assert.Empty(_problems);
        Assert.Equal(3, list.Count);
        Assert.Equal("viettel", CarrierOf(list, 84912345678));
        Assert.Equal("vinaphone", CarrierOf(list, 84987654321));
        Assert.Equal("mobifone", CarrierOf(list, 84381234567));
        Assert.Equal(-1, list.IndexOf(new PhoneNumber(84999999999)));
        Assert.Equal(-1, list.IndexOf(new PhoneNumber(84300000000)));
    }

    [Fact]
    public void Every_row_that_cannot_be_read_is_listed_without_giving_the_number_away()
    {
        Load("02438251234,viettel\n0912345678,Vodafone\nabc,xyz");

        Assert.Equal([2, 3, 4, 4], _problems.Select(problem => problem.Where!.Line));
        Assert.DoesNotContain(_problems, problem => problem.What.En.Contains("02438251234", StringComparison.Ordinal));
    }

    [Fact]
    public void A_number_given_to_two_carriers_is_listed_at_both_places()
    {
        Load("0987654321,vina\n0912345678,viettel", "0912345678,mobi");

        Assert.Equal(
            [("0.csv", 3), ("1.csv", 2)],
            _problems.Select(problem => (Path.GetFileName(problem.Where!.File), problem.Where.Line!.Value)));
        Assert.All(_problems, problem => Assert.Contains("84912***678", problem.What.Vi, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    static string CarrierOf(PortedList list, long number) =>
        Numbering.Prefixes.Carriers[list.IndexOf(new PhoneNumber(number))];

    PortedList Load(params string[] files)
    {
        var paths = files.Select((rows, at) => _folder.Write($"{at}.csv", $"number,carrier\n{rows}\n")).ToList();

        return PortedList.Load(paths, Numbering.Reader, Numbering.Prefixes.Names, _problems);
    }
}
