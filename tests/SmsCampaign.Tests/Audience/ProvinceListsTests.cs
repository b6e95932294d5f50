using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Audience;

public class ProvinceListsTests
{
    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>();
            foreach (var region in SampleRegion.Provinces)
            {
                foreach (var name in SubscriberGenerator.MakeSample(region).Keys)
                    files.Add(region.Folder, name);
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_lists_of_a_province_are_what_the_generator_makes(string sample, string name)
    {
        var region = SampleRegion.Provinces.Single(region => region.Folder == sample);

        Assert.Equal(
            SubscriberGenerator.MakeSample(region)[name],
            File.ReadAllBytes(Repository.PathOf($"samples/{sample}/{name}")));
    }
}
