using SmsCampaign.Audience;

namespace SmsCampaign.Planning;

/// <summary>Keeps nothing: the import counts for itself.</summary>
sealed class NoSink : IAudienceSink
{
    public void AddMessage(int carrier, in MessageRow row)
    {
    }

    public void AddExclusion(in ExclusionRow row)
    {
    }
}
