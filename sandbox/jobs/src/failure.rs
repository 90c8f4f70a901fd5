//! Why a job ends without outputs.

/// What went wrong, in one sentence that says nothing of the data: no count, name or value of it.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
	/// The parameters cannot be read.
	#[error("the parameters could not be read")]
	ParametersUnreadable,
	/// The parameters are not of the documented form. They are the consumer's own, so it is told where.
	#[error("the parameters are not of the documented form: {0}")]
	ParametersInvalid(#[from] serde_json::Error),
	/// A parameter is outside its bounds.
	#[error("the parameter {0} is out of bounds")]
	OutOfBounds(&'static str),
	/// A folder or file of the data cannot be read.
	#[error("the data could not be read")]
	DataUnreadable,
	/// Folders are nested more deeply than is looked into.
	#[error("the folders of the data are nested too deeply")]
	TooDeep,
	/// A table of labels has a row that is none.
	#[error("a table of labels has a row without a UID, or with neither 1 nor 0")]
	LabelsInvalid,
	/// Fewer patients than every released number must stand for.
	#[error("there are not enough patients whose slices are labelled")]
	TooFewPatients,
	/// No model among the data or parameters.
	#[error("there is no model, neither in the data nor in the parameters")]
	ModelMissing,
	/// A model that this job did not make, or of another version.
	#[error("the model is not of the form that nodule-train writes")]
	ModelInvalid,
	/// No random numbers.
	#[error("there is no random source")]
	NoRandomSource,
	/// An output cannot be written.
	#[error("an output could not be written")]
	OutputUnwritable,
}
