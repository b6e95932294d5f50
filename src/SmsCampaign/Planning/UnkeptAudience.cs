using SmsCampaign.Audience;

namespace SmsCampaign.Planning;

/// <summary>Where an audience goes that is only looked at: the import counts for itself.</summary>
sealed class UnkeptAudience : IAudienceSink
{
    public void AddMessage(int carrier, in MessageRow row)
    {
    }

    public void AddExclusion(in ExclusionRow row)
    {
    }
}
