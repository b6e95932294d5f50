namespace SmsCampaign.Words;

/// <summary>A thing that says itself to a person, in both languages: in a hole of a <see cref="Wording"/>, or as the
/// fault that it is.</summary>
public interface IWorded
{
    Wording Words { get; }
}
