"""Names of tasks, metrics and models."""

from __future__ import annotations

from azureml._local.later import absent as _absent

(
    AutoMLPipelineScenario,
    ComputeTargets,
    Environments,
    ExperimentObserver,
    Framework,
    HTSConstants,
    HTSSupportedInputType,
    InferenceTypes,
    Scenarios,
    SupportedInputDatatypes,
    Tasks,
    TimeSeries,
) = _absent(
    __name__,
    "AutoMLPipelineScenario",
    "ComputeTargets",
    "Environments",
    "ExperimentObserver",
    "Framework",
    "HTSConstants",
    "HTSSupportedInputType",
    "InferenceTypes",
    "Scenarios",
    "SupportedInputDatatypes",
    "Tasks",
    "TimeSeries",
)


class SupportedModels:
    """Names of the models that automated machine learning tries."""

    class Classification:
        """Models that tell classes apart."""

        AveragedPerceptronClassifier = "AveragedPerceptronClassifier"
        BernoulliNB = "BernoulliNaiveBayes"
        DecisionTree = "DecisionTree"
        ExtraTrees = "ExtremeRandomTrees"
        GradientBoosting = "GradientBoosting"
        KNearestNeighborsClassifier = "KNN"
        LightGBMClassifier = "LightGBM"
        LinearSupportVectorMachine = "LinearSVM"
        LogisticRegression = "LogisticRegression"
        MultinomialNB = "MultinomialNaiveBayes"
        RandomForest = "RandomForest"
        SGDClassifier = "SGD"
        SupportVectorMachine = "SVM"
        TabNetClassifier = "TabnetClassifier"
        TensorFlowDNNClassifier = "TensorFlowDNN"
        TensorFlowLinearClassifier = "TensorFlowLinearClassifier"
        XGBoostClassifier = "XGBoostClassifier"

    class Regression:
        """Models that predict numbers."""

        DecisionTreeRegressor = "DecisionTree"
        ElasticNet = "ElasticNet"
        ExtraTreesRegressor = "ExtremeRandomTrees"
        FastLinearRegressor = "FastLinearRegressor"
        GradientBoostingRegressor = "GradientBoosting"
        KNearestNeighborsRegressor = "KNN"
        LassoLars = "LassoLars"
        LightGBMRegressor = "LightGBM"
        OnlineGradientDescentRegressor = "OnlineGradientDescentRegressor"
        RandomForestRegressor = "RandomForest"
        SGDRegressor = "SGD"
        TabNetRegressor = "TabnetRegressor"
        TensorFlowDNNRegressor = "TensorFlowDNN"
        TensorFlowLinearRegressor = "TensorFlowLinearRegressor"
        XGBoostRegressor = "XGBoostRegressor"

    class Forecasting(Regression):
        """Models that predict numbers ahead of time."""

        Arimax = "Arimax"
        AutoArima = "AutoArima"
        Average = "Average"
        ExponentialSmoothing = "ExponentialSmoothing"
        Naive = "Naive"
        Prophet = "Prophet"
        SeasonalAverage = "SeasonalAverage"
        SeasonalNaive = "SeasonalNaive"
        TCNForecaster = "TCNForecaster"
