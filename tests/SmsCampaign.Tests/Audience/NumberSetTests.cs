using CsCheck;
using SmsCampaign.Audience;

namespace SmsCampaign.Tests.Audience;

public class NumberSetTests
{
    [Fact]
    public void It_holds_exactly_what_was_added() =>
        Gen.OneOf<long>(
            Gen.Long[84_300_000_000, 84_300_000_200],
            Gen.Long[84_000_000_000, 84_999_999_999]).Array[0, 300].Sample(numbers =>
            {
                var set = new NumberSet();
                var expected = new HashSet<long>();

                foreach (var number in numbers)
                    Assert.Equal(expected.Add(number), set.Add(number));

                Assert.Equal(expected.Count, set.Count);
                Assert.All(numbers, number => Assert.True(set.Contains(number)));
                Assert.Equal(expected.Contains(84_300_000_201), set.Contains(84_300_000_201));
            });

    [Theory]
    [InlineData(83_999_999_999)]
    [InlineData(85_000_000_000)]
    public void What_is_no_number_is_refused(long number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumberSet().Add(number));
}
